import { BatchAnswer, BatchLine } from './batch-route.ts'
import { ChainCertificate, ChainChange, ChainForm, ChainOptions, ChainRequest, RepairedChain } from './chain.ts'
import { CertificateDescription, DescribedFault, ExtensionItem, NameItem, QuestionableItem } from './description.ts'
import { ErrorEntrySchema, ErrorList } from './error-routes.ts'
import { Counterfactual, Timeline } from './explanation.ts'
import { Health } from './health.ts'
import { InspectedItem, Inspection, InspectionRequest } from './inspection.ts'
import { ProblemError, ProblemSchema } from './problem.ts'
import { RehearsalReport, RehearsalRequest, RehearsedAnswer, RehearsedChange } from './rehearsal.ts'
import { ValidationForm, ValidationOptions, ValidationRequest } from './request.ts'
import { StoreForm, StoreUpload } from './store-requests.ts'
import {
  Anchor,
  CertificateReference,
  StoreChange,
  StoreChanges,
  StoreVersion,
  StoreVersionContents,
  StoreVersionList,
  TrustStore,
  TrustStoreContents,
  TrustStoreList
} from './trust-stores.ts'
import { Attempt, Evidence, Finding, PathEntry, Revocation, Verdict } from './verdict.ts'

/** What others refer to by `$id`, those before those that refer to them. */
export const schemas = [
  ValidationRequest,
  ValidationOptions,
  ValidationForm,
  Timeline,
  Counterfactual,
  Verdict,
  PathEntry,
  Revocation,
  Evidence,
  Finding,
  Attempt,
  ChainRequest,
  ChainOptions,
  ChainForm,
  ChainCertificate,
  ChainChange,
  RepairedChain,
  ProblemError,
  ProblemSchema,
  BatchLine,
  BatchAnswer,
  NameItem,
  DescribedFault,
  QuestionableItem,
  ExtensionItem,
  CertificateDescription,
  InspectionRequest,
  InspectedItem,
  Inspection,
  ErrorEntrySchema,
  ErrorList,
  Health,
  StoreUpload,
  StoreForm,
  TrustStore,
  TrustStoreList,
  CertificateReference,
  StoreChanges,
  StoreChange,
  Anchor,
  TrustStoreContents,
  StoreVersion,
  StoreVersionList,
  StoreVersionContents,
  RehearsalRequest,
  RehearsedAnswer,
  RehearsedChange,
  RehearsalReport
]

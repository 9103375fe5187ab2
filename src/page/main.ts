import { printable } from '../core/model/printable.ts'

document.title = printable(document.title)

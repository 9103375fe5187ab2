//! The peer in Rust: what a team would write with rustls-webpki on aws-lc, behind hyper.

use std::{convert::Infallible, env, fs, sync::Arc, time::SystemTime};

use aws_lc_rs::digest::{SHA256, digest};
use http_body_util::{BodyExt, Full};
use hyper::{Method, Request, Response, StatusCode, body::Bytes, body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::TokioIo;
use rustls_pki_types::{CertificateDer, ServerName, TrustAnchor, UnixTime, pem::PemObject};
use serde::{Deserialize, Serialize};
use webpki::{ALL_VERIFICATION_ALGS, EndEntityCert, KeyUsage, anchor_from_trusted_cert};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Asked {
    #[serde(default)]
    id: String,
    chain: String,
    #[serde(default)]
    intermediates: String,
    ca_bundle: Option<String>,
    hostname: Option<String>,
    purpose: Option<String>,
}

#[derive(Default, Serialize)]
struct Answer {
    valid: bool,
    #[serde(skip_serializing_if = "String::is_empty")]
    error: String,
    /// Fingerprints: the library reads no names.
    path: Vec<String>,
}

#[derive(Serialize)]
struct Line {
    id: String,
    status: u16,
    body: Answer,
}

type Roots = Vec<TrustAnchor<'static>>;

fn certificates(text: &str) -> Result<Vec<CertificateDer<'static>>, String> {
    CertificateDer::pem_slice_iter(text.as_bytes()).collect::<Result<_, _>>().map_err(|fault| fault.to_string())
}

fn roots_of(text: &str) -> Result<Roots, String> {
    let found = certificates(text)?;
    Ok(found.iter().filter_map(|each| Some(anchor_from_trusted_cert(each).ok()?.to_owned())).collect())
}

fn fingerprint(der: &[u8]) -> String {
    digest(&SHA256, der).as_ref().iter().map(|octet| format!("{octet:02x}")).collect()
}

fn validate(asked: &Asked, roots: &Roots) -> Result<Answer, String> {
    let chain = certificates(&asked.chain)?;
    let (leaf, rest) = chain.split_first().ok_or("no certificate to validate")?;
    let mut others = rest.to_vec();
    others.extend(certificates(&asked.intermediates)?);
    let own = asked.ca_bundle.as_deref().map(roots_of).transpose()?;
    let invalid = |fault: webpki::Error| Answer { error: fault.to_string(), ..Answer::default() };
    let target = match EndEntityCert::try_from(leaf) {
        Ok(target) => target,
        Err(fault) => return Ok(invalid(fault)),
    };
    let usage = match asked.purpose.as_deref() {
        Some("codeSigning") => KeyUsage::required(&[43, 6, 1, 5, 5, 7, 3, 3]),
        _ => KeyUsage::server_auth(),
    };
    let now = UnixTime::since_unix_epoch(SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap());
    let anchors = own.as_ref().unwrap_or(roots);
    let path = match target.verify_for_usage(ALL_VERIFICATION_ALGS, anchors, &others, now, usage, None, None) {
        Ok(path) => path,
        Err(fault) => return Ok(invalid(fault)),
    };
    if let Some(name) = &asked.hostname {
        let name = ServerName::try_from(name.as_str()).map_err(|fault| fault.to_string())?;
        if let Err(fault) = target.verify_is_valid_for_subject_name(&name) {
            return Ok(invalid(fault));
        }
    }
    let above = path.intermediate_certificates().map(|each| fingerprint(&each.der()));
    Ok(Answer { valid: true, path: [fingerprint(leaf)].into_iter().chain(above).collect(), ..Answer::default() })
}

fn batch(body: &[u8], roots: &Roots) -> Vec<u8> {
    let mut answers = Vec::new();
    for line in body.split(|octet| *octet == b'\n').filter(|line| !line.is_empty()) {
        let read = serde_json::from_slice::<Asked>(line).map_err(|fault| fault.to_string());
        let judged = read.and_then(|asked| Ok((validate(&asked, roots)?, asked.id)));
        let answered = match judged {
            Ok((body, id)) => Line { id, status: 200, body },
            Err(error) => Line { id: String::new(), status: 422, body: Answer { error, ..Answer::default() } },
        };
        serde_json::to_writer(&mut answers, &answered).unwrap();
        answers.push(b'\n');
    }
    answers
}

async fn answer(request: Request<Incoming>, roots: Arc<Roots>) -> Result<Response<Full<Bytes>>, Infallible> {
    let (head, body) = request.into_parts();
    let Ok(body) = body.collect().await.map(|read| read.to_bytes()) else {
        return Ok(problem(StatusCode::BAD_REQUEST, "the body was cut short".into()));
    };
    let answered = match (head.method, head.uri.path()) {
        (Method::POST, "/validate/batch") => respond("application/x-ndjson", batch(&body, &roots)),
        (Method::POST, "/validate") => match serde_json::from_slice::<Asked>(&body) {
            Err(fault) => problem(StatusCode::BAD_REQUEST, fault.to_string()),
            Ok(asked) => match validate(&asked, &roots) {
                Ok(verdict) => respond("application/json", serde_json::to_vec(&verdict).unwrap()),
                Err(fault) => problem(StatusCode::UNPROCESSABLE_ENTITY, fault),
            },
        },
        _ => problem(StatusCode::NOT_FOUND, "nothing is here".into()),
    };
    Ok(answered)
}

fn respond(kind: &str, body: Vec<u8>) -> Response<Full<Bytes>> {
    Response::builder().header("content-type", kind).body(Full::new(Bytes::from(body))).unwrap()
}

fn problem(status: StatusCode, text: String) -> Response<Full<Bytes>> {
    Response::builder().status(status).body(Full::new(Bytes::from(text))).unwrap()
}

fn main() {
    let file = fs::read_to_string(env::var("CA_FILES").unwrap()).unwrap();
    let roots = Arc::new(roots_of(&file).unwrap());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build().unwrap();
    tokio::task::LocalSet::new().block_on(&runtime, async move {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        println!("Listening on http://{}", listener.local_addr().unwrap());
        loop {
            let (socket, _) = listener.accept().await.unwrap();
            let roots = Arc::clone(&roots);
            tokio::task::spawn_local(async move {
                let service = service_fn(move |request| answer(request, Arc::clone(&roots)));
                let _ = http1::Builder::new().serve_connection(TokioIo::new(socket), service).await;
            });
        }
    });
}

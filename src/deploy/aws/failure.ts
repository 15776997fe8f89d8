/** What went wrong with a call, by what can be done about it. */
export type FailureKind =
  /** No connection, or it broke off: nobody knows whether AWS heard. */
  | 'unreachable'
  /** Somebody between us and AWS answered: a certificate nobody trusts. */
  | 'untrusted'
  /** An answer that is not AWS’s: a page, a redirection. */
  | 'stranger'
  /** An answer that AWS does not give: cut off, empty, without what it must have. */
  | 'malformed'
  | 'server'
  | 'throttled'
  | 'no-credentials'
  | 'refused-credentials'
  | 'expired'
  | 'denied'
  | 'limit'
  /** There is no such change set or object. */
  | 'missing'
  | 'status'
  | 'token-taken'
  | 'taken'
  | 'invalid'
  | 'precondition'
  | 'conflict'
  | 'digest'
  | 'redirect'
  | 'other';

/** A call that did not succeed. */
export class AwsFailure extends Error {
  readonly kind: FailureKind;
  readonly action: string;
  /** AWS’s name of the error, or the machine’s. */
  readonly named: string;
  readonly status: number | undefined;
  readonly request: string | undefined;
  /** Seconds that AWS asks to wait. */
  readonly retryAfter: number | undefined;
  /** The clock of this machine was set right by AWS’s answer: the next call is signed with the right time. */
  readonly clockCorrected: boolean;
  /** The region that S3 says a bucket is in. */
  readonly region: string | undefined;

  constructor(action: string, error: unknown) {
    const raw = rawOf(error);
    super(raw.message);
    this.action = action;
    this.kind = kindOf(raw);
    this.named = raw.name;
    this.status = raw.status;
    this.request = raw.request;
    this.retryAfter = raw.retryAfter;
    this.clockCorrected = raw.clockCorrected;
    this.region = raw.region;
  }

  /** AWS may have done what was asked. */
  get ambiguous(): boolean {
    return ['unreachable', 'stranger', 'malformed', 'server'].includes(this.kind);
  }
}

interface Raw {
  readonly name: string;
  readonly message: string;
  readonly system: string | undefined;
  readonly status: number | undefined;
  readonly request: string | undefined;
  readonly retryAfter: number | undefined;
  readonly clockCorrected: boolean;
  readonly region: string | undefined;
  /** The answer is a page for a person. */
  readonly page: boolean;
}

/** An answer that lacks what it must have. */
export class Malformed extends Error {
  override readonly name = 'MalformedAnswer';
}

interface Known {
  readonly name?: unknown;
  readonly Code?: unknown;
  readonly code?: unknown;
  readonly message?: unknown;
  readonly errors?: readonly unknown[];
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string; readonly clockSkewCorrected?: boolean };
  readonly $response?: { readonly statusCode?: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: unknown };
  readonly $retryable?: unknown;
  readonly $responseBodyText?: unknown;
}

function rawOf(error: unknown): Raw {
  const known = (typeof error === 'object' && error !== null ? error : { message: String(error) }) as Known;
  const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
  // Several addresses were tried: the first error says why.
  const [first] = known.errors ?? [];
  const inner = (typeof first === 'object' && first !== null ? first : {}) as Known;
  const headers = known.$response?.headers ?? {};
  const after = Number(headers['retry-after']);
  return {
    name: text(known.Code) ?? text(known.name) ?? 'Error',
    message: text(known.message) ?? text(inner.message) ?? text(known.Code) ?? text(known.name) ?? 'no message',
    system: text(known.code) ?? text(inner.code),
    status: known.$metadata?.httpStatusCode ?? known.$response?.statusCode,
    request: text(known.$metadata?.requestId),
    retryAfter: Number.isFinite(after) && after > 0 ? after : undefined,
    clockCorrected: known.$metadata?.clockSkewCorrected === true,
    region: text(headers['x-amz-bucket-region']),
    page: /^text\/html/i.test(headers['content-type'] ?? ''),
  };
}

const byName: Readonly<Record<string, FailureKind>> = {
  Throttling: 'throttled',
  ThrottlingException: 'throttled',
  TooManyRequestsException: 'throttled',
  RequestLimitExceeded: 'throttled',
  SlowDown: 'throttled',
  LimitExceeded: 'limit',
  LimitExceededException: 'limit',
  ExpiredToken: 'expired',
  ExpiredTokenException: 'expired',
  TokenRefreshRequired: 'expired',
  RequestExpired: 'refused-credentials',
  RequestTimeTooSkewed: 'refused-credentials',
  InvalidClientTokenId: 'refused-credentials',
  SignatureDoesNotMatch: 'refused-credentials',
  UnrecognizedClientException: 'refused-credentials',
  InvalidAccessKeyId: 'refused-credentials',
  AuthFailure: 'refused-credentials',
  OptInRequired: 'refused-credentials',
  CredentialsProviderError: 'no-credentials',
  TokenProviderError: 'no-credentials',
  AccessDenied: 'denied',
  AccessDeniedException: 'denied',
  UnauthorizedOperation: 'denied',
  ChangeSetNotFound: 'missing',
  ChangeSetNotFoundException: 'missing',
  NotFound: 'missing',
  NoSuchKey: 'missing',
  NoSuchBucket: 'missing',
  HookResultNotFound: 'missing',
  InvalidChangeSetStatus: 'status',
  InvalidChangeSetStatusException: 'status',
  TokenAlreadyExistsException: 'token-taken',
  AlreadyExistsException: 'taken',
  ValidationError: 'invalid',
  InvalidAction: 'invalid',
  PreconditionFailed: 'precondition',
  ConditionalRequestConflict: 'conflict',
  BadDigest: 'digest',
  XAmzContentSHA256Mismatch: 'digest',
  PermanentRedirect: 'redirect',
  AuthorizationHeaderMalformed: 'redirect',
  MalformedAnswer: 'malformed',
  TimeoutError: 'unreachable',
  InternalFailure: 'server',
  InternalError: 'server',
  ServiceUnavailable: 'server',
};

const SYSTEM = /^(ECONN|ENOTFOUND|EAI_|ETIMEDOUT|EPIPE|EHOST|ENET|UND_ERR)/;

const CERTIFICATE = /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_|CERT_|ERR_TLS_)/;

function kindOf({ name, message, system, status, page }: Raw): FailureKind {
  if (system !== undefined && CERTIFICATE.test(system)) return 'untrusted';
  if (system !== undefined && SYSTEM.test(system)) return 'unreachable';
  const named = Object.hasOwn(byName, name) ? byName[name] : undefined;
  if (named !== undefined) return named;
  if (name === 'Error' && /^Could not load credentials/i.test(message)) return 'no-credentials';
  if (/\b(aborted|socket hang up)\b/.test(message)) return 'unreachable';
  if (status !== undefined && status >= 500) return 'server';
  if (status === 429) return 'throttled';
  // What is not XML is not from AWS: a portal that wants a login, a proxy’s own page. https://github.com/aws/aws-sdk-js-v3/issues/2048
  if (status !== undefined && status < 300) return page ? 'stranger' : 'malformed';
  if (status !== undefined && status < 400) return name === 'Unknown' || name.startsWith('3') ? 'redirect' : 'stranger';
  if (status === 404) return 'missing';
  if (status === 412) return 'precondition';
  if (status === 409) return 'conflict';
  if (status === 403) return 'denied';
  return status === undefined ? 'malformed' : 'other';
}

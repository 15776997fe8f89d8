import type { Tree, Value } from './tree.ts';
import type { Call, Refusal, Reply } from './wire.ts';
import { elements, escaped } from './xml.ts';

/**
 * The AWS query protocol: parameters in a form, answers in XML.
 * https://smithy.io/2.0/aws/protocols/aws-query-protocol.html
 */
export function parameters(form: URLSearchParams): Tree {
  const root: Grown = new Map();
  for (const [name, value] of form) grow(root, name.split('.'), value);
  return shapeOf(root) as Tree;
}

type Grown = Map<string, Grown | string>;

function grow(into: Grown, [head = '', ...rest]: readonly string[], value: string): void {
  if (rest.length === 0) return void into.set(head, value);
  const before = into.get(head);
  const branch: Grown = before instanceof Map ? before : new Map();
  into.set(head, branch);
  grow(branch, rest, value);
}

function shapeOf(grown: Grown | string): Value {
  if (typeof grown === 'string') return grown;
  const member = grown.get('member');
  if (member instanceof Map) return inOrder(member).map(shapeOf);
  const entry = grown.get('entry');
  if (entry instanceof Map) return Object.fromEntries(inOrder(entry).map(keyAndValue));
  return Object.fromEntries([...grown].map(([name, inside]) => [name, shapeOf(inside)]));
}

const inOrder = (numbered: Grown): readonly (Grown | string)[] =>
  [...numbered].sort(([one], [other]) => Number(one) - Number(other)).map(([, inside]) => inside);

const keyAndValue = (entry: Grown | string): readonly [string, Value] =>
  typeof entry === 'string' ? [entry, ''] : [String(entry.get('key')), shapeOf(entry.get('value') ?? '')];

const XML = { 'content-type': 'text/xml' };

/** The versions of the APIs name their namespaces. */
const NAMESPACES: Readonly<Record<string, string>> = {
  cloudformation: 'http://cloudformation.amazonaws.com/doc/2010-05-15/',
  sts: 'https://sts.amazonaws.com/doc/2011-06-15/',
  iam: 'https://iam.amazonaws.com/doc/2010-05-08/',
  rds: 'http://rds.amazonaws.com/doc/2014-10-31/',
};

const namespaceOf = (service: string): string => NAMESPACES[service] ?? `http://${service}.amazonaws.com/`;

export function answered(call: Call, result: Tree | void): Reply {
  const { action } = call;
  const inside = result ? `<${action}Result>${elements(result)}</${action}Result>` : '';
  const metadata = `<ResponseMetadata><RequestId>${call.requestId}</RequestId></ResponseMetadata>`;
  const body = `<${action}Response xmlns="${namespaceOf(call.service)}">${inside}${metadata}</${action}Response>`;
  return { status: 200, headers: { ...XML, 'x-amzn-requestid': call.requestId }, body };
}

export function refused(call: Call, { code, message, status, headers }: Refusal): Reply {
  const error = `<Error><Type>${status < 500 ? 'Sender' : 'Receiver'}</Type><Code>${code}</Code><Message>${escaped(message)}</Message></Error>`;
  const body = `<ErrorResponse xmlns="${namespaceOf(call.service)}">${error}<RequestId>${call.requestId}</RequestId></ErrorResponse>`;
  return { status, headers: { ...XML, 'x-amzn-requestid': call.requestId, ...headers }, body };
}

/** Names under which values are never shown. */
const SECRET = /(pass(word|wd|phrase)?|secret|token|api[-_]?key|private[-_]?key|credential|authorization|connection[-_]?string)/i;

/** A reference to a secret: what it reads is none of ours, but where it points is. */
const RESOLVED = /\{\{resolve:(secretsmanager|ssm-secure):[^}]*\}\}/g;

/** Whatever the environment of a function holds: its name need not say that it is secret. */
const VARIABLE = /(^|[./])Environment[./]Variables[./][^./]+$/;

const LONGEST = 160;

/** A value as it may be shown: nothing that its name says is secret, nothing that speaks to the terminal, and not without end. */
export function masked(path: string, value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  const last = path.split(/[./]/).at(-1) ?? '';
  if (VARIABLE.test(path) || (SECRET.test(last) && !/(arn|name|id)$/i.test(last))) return '****';
  const plain = within(value).replace(RESOLVED, '{{resolve:$1:****}}');
  return plain.length > LONGEST ? `${plain.slice(0, LONGEST)}…` : plain;
}

/** A value that is JSON: its secrets are masked where they stand. */
function within(value: string): string {
  if (!/^\s*[{[]/.test(value)) return value;
  try {
    return JSON.stringify(JSON.parse(value), (key, item: unknown) => {
      if (key === 'Variables' && typeof item === 'object' && item !== null)
        return Object.fromEntries(Object.keys(item).map((name) => [name, '****']));
      return SECRET.test(key) && !/(arn|name|id)$/i.test(key) && typeof item === 'string' ? '****' : item;
    });
  } catch {
    return value;
  }
}

/**
 * As much of Velocity as mapping templates of API Gateway are written in here: references with properties and calls,
 * `#set`, `#if`, `#foreach`. A reference without a value is printed as it was written, as Velocity does, and a quiet one as nothing.
 * https://velocity.apache.org/engine/1.7/vtl-reference.html
 */
export function render(template: string, variables: Readonly<Record<string, unknown>>): string {
  const scope: Record<string, unknown> = { ...variables };
  const reader = new Reader(template, scope);
  const out = reader.block(true);
  if (reader.at < template.length) throw new Error(`unread: ${template.slice(reader.at)}`);
  return out;
}

class Reader {
  at = 0;
  readonly text: string;
  readonly scope: Record<string, unknown>;

  constructor(text: string, scope: Record<string, unknown>) {
    this.text = text;
    this.scope = scope;
  }

  block(live: boolean): string {
    let out = '';
    while (this.at < this.text.length) {
      if (this.take('#set(')) this.set(live);
      else if (this.take('#if(')) out += this.choice(live);
      else if (this.take('#foreach(')) out += this.loop(live);
      else if (/^#(end|else|\{else\})/.test(this.text.slice(this.at))) return out;
      else if (/^\$!?[a-z]/i.test(this.text.slice(this.at))) {
        const start = this.at;
        const value = this.reference(live);
        // A quiet reference without a value is printed as nothing.
        if (live) out += value ?? (this.text[start + 1] === '!' ? '' : this.text.slice(start, this.at));
      } else {
        if (live) out += this.text[this.at];
        this.at++;
      }
    }
    return out;
  }

  choice(live: boolean): string {
    const yes = Boolean(this.or(live));
    this.need(')');
    let out = this.block(live && yes);
    // What follows `#elseif` ends with the same `#end`.
    if (this.take('#elseif(')) return out + this.choice(live && !yes);
    if (this.take('#{else}') || this.take('#else')) out += this.block(live && !yes);
    this.need('#end');
    return out;
  }

  loop(live: boolean): string {
    this.need('$');
    const name = this.word();
    this.space();
    this.need('in');
    this.space();
    const items = live ? (this.reference(true) as Iterable<unknown>) : (this.reference(false), []);
    this.need(')');
    const start = this.at;
    let out = '';
    const all = [...items];
    for (const [index, item] of all.entries()) {
      this.at = start;
      this.scope[name] = item;
      this.scope['foreach'] = { hasNext: index < all.length - 1, index };
      out += this.block(live);
    }
    this.at = start;
    this.block(false);
    this.need('#end');
    return out;
  }

  set(live: boolean): void {
    this.need('$');
    const path = [this.word()];
    while (this.take('.')) path.push(this.word());
    this.space();
    this.need('=');
    this.space();
    const value = this.or(live);
    this.need(')');
    if (!live || value === null || value === undefined) return;
    const last = path.pop() ?? '';
    const holder = path.reduce<Record<string, unknown>>((at, name) => (at[name] ??= {}) as Record<string, unknown>, this.scope);
    holder[last] = value;
  }

  or(live: boolean): unknown {
    let value = this.and(live);
    while (this.operator('||')) {
      const other = this.and(live);
      value = Boolean(value) || Boolean(other);
    }
    return value;
  }

  and(live: boolean): unknown {
    let value = this.equal(live);
    while (this.operator('&&')) {
      const other = this.equal(live && Boolean(value));
      value = Boolean(value) && Boolean(other);
    }
    return value;
  }

  equal(live: boolean): unknown {
    const value = this.one(live);
    if (this.operator('!=')) return value !== this.one(live);
    return this.operator('==') ? value === this.one(live) : value;
  }

  one(live: boolean): unknown {
    this.space();
    if (this.take('!')) return !this.one(live);
    if (this.take('(')) {
      const value = this.or(live);
      this.need(')');
      return value;
    }
    const quote = this.text[this.at];
    if (quote === "'" || quote === '"') {
      const end = this.text.indexOf(quote, this.at + 1);
      const value = this.text.slice(this.at + 1, end);
      this.at = end + 1;
      return quote === '"' && live ? render(value, this.scope) : value;
    }
    const digits = /^\d+/.exec(this.text.slice(this.at))?.[0];
    if (digits !== undefined) {
      this.at += digits.length;
      return Number(digits);
    }
    return this.reference(live);
  }

  reference(live: boolean): unknown {
    this.need('$');
    this.take('!');
    let value: unknown = live ? this.scope[this.word()] : (this.word(), undefined);
    while (/^\.[a-z_]/i.test(this.text.slice(this.at))) {
      this.at++;
      const name = this.word();
      if (!this.take('(')) {
        value = value instanceof Map ? value.get(name) : (value as Record<string, unknown> | undefined)?.[name];
        continue;
      }
      const given: unknown[] = [];
      while (!this.take(')')) {
        given.push(this.or(live));
        this.take(',');
      }
      value = live ? call(value, name, given) : undefined;
    }
    return value;
  }

  word(): string {
    const found = /^[A-Za-z_][A-Za-z0-9_-]*/.exec(this.text.slice(this.at))?.[0];
    if (found === undefined) throw new Error(`no word: ${this.text.slice(this.at)}`);
    this.at += found.length;
    return found;
  }

  operator(sign: string): boolean {
    this.space();
    return this.take(sign);
  }

  space(): void {
    while (this.text[this.at] === ' ') this.at++;
  }

  take(sign: string): boolean {
    if (!this.text.startsWith(sign, this.at)) return false;
    this.at += sign.length;
    return true;
  }

  need(sign: string): void {
    if (!this.take(sign)) throw new Error(`no ${sign}: ${this.text.slice(this.at)}`);
  }
}

/** Java’s methods of texts and maps; other objects have their own. A method of nothing gives nothing. */
function call(on: unknown, name: string, given: readonly unknown[]): unknown {
  if (on === null || on === undefined || given.some((one) => one === undefined || one === null)) return undefined;
  const [first = '', second = ''] = given.map(String);
  if (typeof on === 'string') {
    if (name === 'replaceAll') return on.replace(new RegExp(first, 'g'), second);
    if (name === 'contains') return on.includes(first);
    if (name === 'equalsIgnoreCase') return on.toLowerCase() === first.toLowerCase();
  }
  if (on instanceof Map) return name === 'get' ? on.get(first) : name === 'containsKey' ? on.has(first) : [...on.keys()];
  const method = (on as Record<string, unknown>)[name];
  if (typeof method !== 'function') throw new Error(`no ${name}`);
  return (method as (...all: readonly unknown[]) => unknown)(...given);
}

export interface Message {
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly path?: Readonly<Record<string, string>>;
  readonly context?: Readonly<Record<string, unknown>>;
}

/** What API Gateway hands to a template. https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html */
export function surroundings({ body = '', headers = {}, query = {}, path = {}, context = {} }: Message): Record<string, unknown> {
  const at = (expression: string): unknown => {
    const names = expression.split('.').slice(1);
    try {
      return names.reduce<unknown>((value, name) => (value as Record<string, unknown> | undefined)?.[name], JSON.parse(body));
    } catch {
      return undefined;
    }
  };
  const groups = {
    header: new Map(Object.entries(headers)),
    querystring: new Map(Object.entries(query)),
    path: new Map(Object.entries(path)),
  };
  return {
    context,
    input: { body, path: at, json: (expression: string) => JSON.stringify(at(expression)) ?? '""', params: () => groups },
    util: { base64Encode: (text: string) => Buffer.from(text).toString('base64'), escapeJavaScript },
  };
}

/** As commons-lang writes it: a single quote gets a backslash too, which JSON does not know. */
function escapeJavaScript(text: string): string {
  const short: Readonly<Record<string, string>> = {
    '\b': '\\b',
    '\n': '\\n',
    '\t': '\\t',
    '\f': '\\f',
    '\r': '\\r',
    "'": "\\'",
    '"': '\\"',
    '\\': '\\\\',
    '/': '\\/',
  };
  const coded = (sign: string) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0').toUpperCase()}`;
  return text
    .split('')
    .map((sign) => short[sign] ?? (sign < ' ' || sign > '~' ? coded(sign) : sign))
    .join('');
}

import type { Json } from '../render.ts';

/** What a template’s functions ask for: a resource or a parameter by its name, or an attribute of a resource. */
export interface Asked {
  readonly id: string;
  /** Nothing where the identity is asked for, as `Ref` gives it. */
  readonly attribute: string | undefined;
}

/** Another value for what is asked for; nothing where it stays as it is. */
export type Instead = (asked: Asked) => Json | undefined;

/** Everything a value asks for, whatever the function. */
export function askedIn(value: Json | undefined): readonly Asked[] {
  const found: Asked[] = [];
  if (value !== undefined)
    replaced(value, (asked) => {
      found.push(asked);
      return undefined;
    });
  return found;
}

/** A value with something else in the place of what it asks for. */
export function replaced(value: Json, instead: Instead): Json {
  if (Array.isArray(value)) return value.map((item: Json) => replaced(item, instead));
  if (typeof value !== 'object' || value === null) return value;
  const bag = value as { readonly [key: string]: Json };
  const [key, ...more] = Object.keys(bag);
  if (key !== undefined && more.length === 0) {
    const inside = bag[key];
    if (key === 'Ref' && typeof inside === 'string') return instead({ id: inside, attribute: undefined }) ?? value;
    if (key === 'Fn::GetAtt') return attributeReplaced(value, inside, instead);
    if (key === 'Fn::Sub') return textReplaced(inside, instead);
  }
  return Object.fromEntries(Object.entries(bag).map(([name, item]) => [name, replaced(item, instead)]));
}

/** `[id, attribute]`, or both in one text with a dot between. */
function attributeReplaced(value: Json, inside: Json | undefined, instead: Instead): Json {
  const [id, ...rest] = Array.isArray(inside) ? inside : String(inside).split('.');
  if (typeof id !== 'string' || rest.some((part) => typeof part !== 'string')) return value;
  return instead({ id, attribute: rest.join('.') }) ?? value;
}

const VARIABLE = /\$\{([^!}][^}]*)\}/g;

/** The text of `Fn::Sub`: what is no plain reference any more becomes a variable of its own. */
function textReplaced(inside: Json | undefined, instead: Instead): Json {
  const [text, given] = Array.isArray(inside) ? [String(inside[0]), inside[1]] : [String(inside), undefined];
  const own = given === undefined ? {} : (replaced(given, instead) as { readonly [name: string]: Json });
  const more: Record<string, Json> = {};
  const written = text.replace(VARIABLE, (whole, variable: string) => {
    const name = variable.trim();
    if (Object.hasOwn(own, name)) return whole;
    const dot = name.indexOf('.');
    const found = instead(dot < 0 ? { id: name, attribute: undefined } : { id: name.slice(0, dot), attribute: name.slice(dot + 1) });
    if (found === undefined) return whole;
    if (typeof found === 'string') return found.replaceAll('${', '${!');
    const plain = refIn(found);
    if (plain !== undefined) return `\${${plain}}`;
    const free = name.replace(/[^A-Za-z0-9]/g, '');
    more[free] = found;
    return `\${${free}}`;
  });
  const variables = { ...own, ...more };
  if (Object.keys(variables).length > 0) return { 'Fn::Sub': [written, variables] };
  return written.includes('${') ? { 'Fn::Sub': written } : written;
}

function refIn(value: Json): string | undefined {
  const keys = typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
  const [only] = keys;
  return keys.length === 1 && only?.[0] === 'Ref' && typeof only[1] === 'string' ? only[1] : undefined;
}

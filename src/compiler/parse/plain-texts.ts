import type { Scalar } from './document.ts';

/** The way out: nothing is read plainly from here on. */
export class NotPlain extends Error {}

/** A text without quotes: it starts with a sign that is nothing else, and ends before a colon or a comment, without its last spaces. */
export const IN_BLOCK = /[A-Za-z0-9_/$(.\u00a1-\uffff](?:[^\n :#]|:(?=[^\n ])|(?<=[^\n ])#| +(?=[^\n #:]|:[^\n ]))*/y;

/** The same inside of brackets, where their signs and commas end it too. */
export const IN_FLOW =
  /[A-Za-z0-9_/$(.\u00a1-\uffff](?:[^\n :#,[\]{}]|:(?=[^\n ,[\]{}])|(?<=[^\n ])#| +(?=[^\n #:,[\]{}]|:[^\n ,[\]{}]))*/y;

export const SINGLE_QUOTED = /'((?:[^'\n]|'')*)'/y;
export const DOUBLE_QUOTED = /"([^"\\\n]*)"/y;

/** What YAML’s core schema takes a text for: https://yaml.org/spec/1.2.2/#1032-tag-resolution */
export function valueOf(text: string): Scalar['value'] {
  const first = text.charCodeAt(0);
  if (first <= 0x39) return numberOf(text);
  if (text.length > 5) return text;
  if (/^(?:true|True|TRUE)$/.test(text)) return true;
  if (/^(?:false|False|FALSE)$/.test(text)) return false;
  return /^(?:null|Null|NULL)$/.test(text) ? null : text;
}

function numberOf(text: string): Scalar['value'] {
  if (/^(?:[0-9]{1,15}|[0-9]{1,15}\.[0-9]{0,15}|\.[0-9]{1,15})$/.test(text)) return Number(text);
  // Numbers of other kinds are rare, and left to who knows them.
  if (/^(?:[0-9.]+(?:[eE][-+]?[0-9]+)?|0[xo][0-9a-fA-F]+|\.(?:inf|Inf|INF|nan|NaN|NAN))$/.test(text)) throw new NotPlain();
  return text;
}

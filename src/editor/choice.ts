import type { CompletionItemKind } from 'vscode-languageserver-types';
import type { SourceText } from '../compiler/text/source-text.ts';
import type { Cursor } from './cursor.ts';
import type { Declarations } from './names.ts';
import type { System } from './system.ts';

/** Something to choose: what is shown, what is written. */
export interface Choice {
  readonly label: string;
  readonly kind: CompletionItemKind;
  readonly text: string;
  readonly detail?: string;
  readonly doc?: () => string;
  /** Smaller comes first. */
  readonly rank: number;
  /** `text` has places to fill: `${1:name}`. */
  readonly snippet?: true;
  /** Where it goes, if not to the whole word at the cursor. */
  readonly span?: { readonly start: number; readonly end: number };
  /** What follows is chosen from a list too. */
  readonly goesOn?: true;
}

/** Where something is to be chosen. */
export interface Surroundings {
  readonly cursor: Cursor;
  readonly declarations: Declarations;
  readonly system: System;
  readonly source: SourceText;
  readonly offset: number;
  readonly eol: string;
}

/** A text as it must be written where it goes. */
export function quoted(text: string, quote: string | undefined, inFlow: boolean): string {
  if (quote === '"') return JSON.stringify(text);
  if (quote === "'" || needsQuotes(text, inFlow)) return `'${text.replaceAll("'", "''")}'`;
  return text;
}

function needsQuotes(text: string, inFlow: boolean): boolean {
  return /^[\s&*!|>%@`"'#{[\]},?:-]|^$|: |\s#|:$|\s$/.test(text) || (inFlow && /[,{}[\]]/.test(text));
}

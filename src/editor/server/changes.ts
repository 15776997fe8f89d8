import type { TextDocumentContentChangeEvent } from 'vscode-languageserver-protocol';
import { SourceText } from '../../compiler/text/source-text.ts';
import { offsetOf } from '../ranges.ts';

/** A text after the changes of one message, each of which counts in the text the one before it left. */
export function applied(text: string, changes: readonly TextDocumentContentChangeEvent[]): string {
  let now = text;
  for (const change of changes) {
    if (!('range' in change)) {
      now = change.text;
      continue;
    }
    const source = new SourceText('', now);
    now = now.slice(0, offsetOf(source, change.range.start)) + change.text + now.slice(offsetOf(source, change.range.end));
  }
  return now;
}

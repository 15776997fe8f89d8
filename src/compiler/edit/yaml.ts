import { parseDocument, type Document, type ParsedNode } from 'yaml';
import type { SourceText } from '../text/source-text.ts';

/** YAML 1.2 core, without merge keys; what is wrong is told by our own words. */
export const YAML = {
  version: '1.2',
  schema: 'core',
  merge: false,
  uniqueKeys: false,
  prettyErrors: false,
  logLevel: 'error',
} as const;

export type YamlDocument = Document.Parsed<ParsedNode>;

const documents = new WeakMap<SourceText, YamlDocument>();

/** The YAML of a file, read once: the compiler takes its values from it, and edits find their places in it. */
export function yamlOf(source: SourceText): YamlDocument {
  const known = documents.get(source);
  if (known) return known;
  const parsed = parseDocument(source.text, YAML);
  documents.set(source, parsed);
  return parsed;
}

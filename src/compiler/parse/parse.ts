import { isAlias, isMap, isScalar, isSeq, type ParsedNode, type YAMLMap } from 'yaml';
import type { Report } from '../diagnostics/problem.ts';
import type { Place, SourceText } from '../text/source-text.ts';
import { yamlOf } from '../edit/yaml.ts';
import { firstHidden, isHidden, reportHidden } from './characters.ts';
import type { Document, Entry, Mapping, Node, Scalar } from './document.ts';
import { unsafe } from './names.ts';
import { LIMITS, parseProblems } from './problems.ts';
import { reportSyntax } from './traps.ts';

/**
 * Reads YAML 1.2 core into a tree with places. What the language has no use for (aliases, tags, merge keys,
 * several documents, odd keys) is reported and left out; `undefined` when nothing is left to look at.
 */
export function parse(source: SourceText, report: Report): Document | undefined {
  const place: Place = { source, span: { start: 0, end: Math.min(1, source.text.length) } };
  // A text of fewer characters than that cannot have more bytes.
  const bytes = source.text.length * 3 > LIMITS.bytes ? new TextEncoder().encode(source.text).length : 0;
  if (bytes > LIMITS.bytes) {
    report(parseProblems['too-large'], place, { what: `${Math.ceil(bytes / 1024)} KiB of ${LIMITS.bytes / 1024}` });
    return undefined;
  }
  if (source.lineStarts.length > LIMITS.lines) {
    report(parseProblems['too-large'], place, { what: `more than ${LIMITS.lines} lines` });
    return undefined;
  }
  reportHidden(source, report);
  const deep = tooDeep(source.text);
  if (deep !== undefined) {
    report(parseProblems['too-deep'], { source, span: { start: deep, end: deep + 1 } }, {});
    return undefined;
  }
  const directive = /^%.*$/m.exec(source.text);
  if (directive && source.text.slice(0, directive.index).trim() === '') {
    const { index } = directive;
    report(parseProblems.directive, { source, span: { start: index, end: index + directive[0].length } }, {});
    return undefined;
  }

  const parsed = yamlOf(source);
  // What follows the first syntax error on a line is mostly its echo.
  const lines = new Set<number>();
  for (const error of parsed.errors) {
    const { line } = source.position(error.pos[0]);
    if (!lines.has(line)) reportSyntax(error, source, report);
    lines.add(line);
  }
  const { contents } = parsed;
  if (contents === null || (isScalar(contents) && contents.value === null)) {
    if (parsed.errors.length === 0) report(parseProblems['empty-file'], place, {});
    return undefined;
  }
  const root = new Reader(source, report).read(contents, place);
  if (root === undefined) return undefined;
  if (root.kind !== 'mapping') {
    if (parsed.errors.length === 0)
      report(parseProblems['not-a-mapping'], root.place, {
        found: root.kind === 'sequence' ? 'a list' : `the text \`${root.text.slice(0, 40)}\``,
      });
    return undefined;
  }
  return { place, root };
}

/** Where brackets or indentation nest too deep, before the parser recurses into them. */
function tooDeep(text: string): number | undefined {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x5b || code === 0x7b) {
      if (++depth > LIMITS.depth * 4) return at;
    } else if ((code === 0x5d || code === 0x7d) && depth > 0) depth--;
    else if (code === 0x0a && text.charCodeAt(at + 1) > 0x20) depth = 0;
  }
  const nested = /^(?:[-?] ){64}/m.exec(text);
  return nested?.index;
}

class Reader {
  readonly #source: SourceText;
  readonly #report: Report;
  #nodes = 0;

  constructor(source: SourceText, report: Report) {
    this.#source = source;
    this.#report = report;
  }

  read(node: ParsedNode | null, around: Place, depth = 0): Node | undefined {
    if (++this.#nodes === LIMITS.nodes + 1) this.#report(parseProblems['too-large'], around, { what: `more than ${LIMITS.nodes} values` });
    if (this.#nodes > LIMITS.nodes) return undefined;
    if (node === null) return { kind: 'scalar', place: around, text: '', value: null, plain: true, verbatim: false };
    const place = this.#place(node.range[0], node.range[1]);
    if (depth > LIMITS.depth) {
      this.#report(parseProblems['too-deep'], place, {});
      return undefined;
    }
    if (isAlias(node)) {
      if (node.source !== '') this.#report(parseProblems.alias, place, { sign: '*', text: `*${node.source}` });
      return undefined;
    }
    this.#reportDress(node, place);
    if (isMap(node)) return this.#mapping(node, place, depth);
    if (isSeq(node)) {
      const items = node.items.map((item) => this.read(item as ParsedNode | null, place, depth + 1));
      return { kind: 'sequence', place, items: items.filter((item) => item !== undefined) };
    }
    return this.#scalar(node, place);
  }

  /** Anchors and tags, which stand before what they dress. */
  #reportDress(node: Exclude<ParsedNode, { source: string; resolve: unknown }> | ParsedNode, place: Place): void {
    if (isAlias(node)) return;
    if (node.anchor !== undefined) {
      const written = `&${node.anchor}`;
      const start = this.#source.text.lastIndexOf(written, place.span.start);
      this.#report(parseProblems.alias, start === -1 ? place : this.#place(start, start + written.length), { sign: '&', text: written });
    }
    if (node.tag !== undefined) {
      const start = this.#source.text.lastIndexOf('!', place.span.start);
      const at = start === -1 ? place.span.start : start;
      const from = /[^\s]*$/.exec(this.#source.text.slice(0, at))?.index ?? at;
      const written = /^\S*/.exec(this.#source.text.slice(from))?.[0] ?? '!';
      this.#report(parseProblems.tag, this.#place(from, from + written.length), { tag: written });
    }
  }

  #mapping(node: YAMLMap.Parsed, place: Place, depth: number): Mapping {
    const entries = new Map<string, Entry>();
    const alike = new Map<string, string>();
    let before: string | undefined;
    for (const { key, value } of node.items) {
      if (node.flow && value === null && before !== undefined && isScalar(key) && key.value !== null) {
        this.#report(parseProblems['comma-in-braces'], this.#place(key.range[0], key.range[1]), {
          before,
          rest: String(key.source ?? key.value),
        });
        continue;
      }
      before = isScalar(value) ? String(value.source ?? value.value) : undefined;
      // `: value` has a key that is nothing, and stands nowhere.
      if (isScalar(key) && key.source === '' && value !== null && !isEmpty(value)) {
        const [at] = key.range;
        this.#report(parseProblems['odd-key'], this.#place(at, at + 1), { found: 'nothing' });
        continue;
      }
      const name = this.#key(key, place);
      if (name === undefined) continue;
      const keyPlace = key ? this.#place(key.range[0], key.range[1]) : place;
      if (!this.#mayStand(name, keyPlace, entries, alike)) continue;
      const read = this.read(value, keyPlace, depth + 1);
      if (read) entries.set(name, { key: name, keyPlace, value: read });
    }
    return { kind: 'mapping', place, entries };
  }

  #mayStand(name: string, place: Place, entries: ReadonlyMap<string, Entry>, alike: Map<string, string>): boolean {
    const first = entries.get(name);
    if (first) {
      this.#report(parseProblems['duplicate-key'], place, { key: name, first: first.keyPlace }, [
        { message: 'It is first defined here.', place: first.keyPlace },
      ]);
      return false;
    }
    if (unsafe.has(name)) {
      this.#report(parseProblems['unsafe-name'], place, { key: name });
      return false;
    }
    if (name === '<<') {
      this.#report(parseProblems['merge-key'], place, {});
      return false;
    }
    // Letters of ASCII have one form, and the tables of the others take milliseconds to load.
    const folded = (/^[\x20-\x7e]*$/.test(name) ? name : name.normalize('NFC')).toLowerCase();
    const other = alike.get(folded);
    if (other !== undefined) {
      const earlier = entries.get(other);
      this.#report(
        parseProblems['look-alike-key'],
        place,
        { key: name, other, first: earlier?.keyPlace ?? place },
        earlier && [{ message: 'The other one is here.', place: earlier.keyPlace }],
      );
      return false;
    }
    alike.set(folded, name);
    return true;
  }

  #key(key: ParsedNode | null, around: Place): string | undefined {
    if (key === null) {
      this.#report(parseProblems['odd-key'], around, { found: 'nothing' });
      return undefined;
    }
    const place = this.#place(key.range[0], key.range[1]);
    if (isAlias(key)) {
      this.#report(parseProblems.alias, place, { sign: '*', text: `*${key.source}` });
      return undefined;
    }
    if (!isScalar(key)) {
      this.#report(parseProblems['odd-key'], place, { found: isMap(key) ? 'a mapping' : 'a list' });
      return undefined;
    }
    this.#reportDress(key, place);
    const text = textOf(key);
    if (text === '') {
      // A half-written pair, which the parser has already named.
      if (key.range[1] > key.range[0]) this.#report(parseProblems['odd-key'], place, { found: 'empty text' });
      return undefined;
    }
    this.#look(text, place);
    return text;
  }

  #scalar(node: ParsedNode & { value?: unknown; source?: string; type?: string | null }, place: Place): Scalar {
    const { value } = node;
    const plain = node.type === 'PLAIN';
    const text = textOf(node);
    this.#look(text, place);
    const known = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' || value === null ? value : text;
    const quotes = plain ? 0 : 2;
    const verbatim = place.span.end - place.span.start === text.length + quotes;
    return { kind: 'scalar', place, text, value: known, plain, verbatim };
  }

  /** What a text may not hold whatever it is for. */
  #look(text: string, place: Place): void {
    if (text.includes('{{resolve:')) this.#report(parseProblems['dynamic-reference'], place, {});
    // Written plainly it was found in the file's own text; only an escape can still hide one.
    const odd = firstHidden(text);
    if (odd && !firstHidden(this.#source.text.slice(place.span.start, place.span.end)))
      this.#report(parseProblems['odd-character'], place, { ...odd, isHidden });
  }

  #place(start: number, end: number): Place {
    return { source: this.#source, span: { start, end: Math.max(start, end) } };
  }
}

/** Nothing was written for it. */
function isEmpty(node: ParsedNode): boolean {
  return isScalar(node) && node.range[0] === node.range[1];
}

function textOf(node: { value?: unknown; source?: string }): string {
  if (typeof node.value === 'string') return node.value;
  return node.source ?? (node.value === null || node.value === undefined ? '' : String(node.value));
}

export { clean } from '../compiler/diagnostics/print.ts';

const WIDTH = 100;

/** A paragraph in lines that fit a terminal; the first begins with a label, the others below its text. */
export function wrapped(label: string, paragraph: string): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of paragraph.split(' ')) {
    if (line !== '' && line.length + word.length + 1 > WIDTH - label.length) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].map((one, index) => (index === 0 ? label : ' '.repeat(label.length)) + one);
}

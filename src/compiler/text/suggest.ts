/**
 * The known word nearest to what was written, if one is near enough to be meant.
 * Case, hyphens and underscores weigh nothing: `BatchSize` means `batchSize`.
 */
export function nearest(written: string, known: Iterable<string>): string | undefined {
  const plain = fold(written);
  let best: string | undefined;
  let bestDistance = Infinity;
  for (const word of known) {
    const other = fold(word);
    if (other.text === plain.text) return word;
    const allowed = Math.min(Math.floor(Math.max(plain.text.length, other.text.length) * 0.4), bestDistance - 1);
    if (allowed < 1 || leastDistance(plain, other) > allowed) continue;
    const distance = editDistance(plain.text, other.text);
    if (distance > allowed) continue;
    best = word;
    bestDistance = distance;
  }
  return best;
}

/** Whether one word is the other but for a slip: case, hyphens, a letter or, in a longer word, two. */
export function isNear(written: string, meant: string): boolean {
  const [one, other] = [fold(written).text, fold(meant).text];
  return one === other || editDistance(one, other) <= (Math.max(one.length, other.length) < 8 ? 1 : 2);
}

/** A word as it is compared: without what weighs nothing, and which letters it has, one bit each. */
interface Folded {
  readonly text: string;
  readonly letters: number;
}

function fold(word: string): Folded {
  const known = folded.get(word);
  if (known) return known;
  const text = word.toLowerCase().replace(/[-_\s]/g, '');
  let letters = 0;
  for (let i = 0; i < text.length; i++) letters |= 1 << (text.charCodeAt(i) & 31);
  // A file with a thousand mistakes compares each with the same thousand words.
  if (folded.size > 10_000) folded.clear();
  folded.set(word, { text, letters });
  return { text, letters };
}

const folded = new Map<string, Folded>();

/** Every letter that only one of two words has costs at least one step, and so does each letter that one is longer. */
function leastDistance(a: Folded, b: Folded): number {
  const longer = Math.abs(a.text.length - b.text.length);
  return Math.max(longer, bits(a.letters & ~b.letters), bits(b.letters & ~a.letters));
}

function bits(number: number): number {
  let count = 0;
  for (let rest = number; rest !== 0; rest &= rest - 1) count++;
  return count;
}

/** Insertions, deletions, substitutions and swaps of neighbours that lead from one word to the other. */
function editDistance(a: string, b: string): number {
  if (a.length > 64 || b.length > 64) return Infinity;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let distance = Math.min((row[j - 1] ?? 0) + 1, (last[j] ?? 0) + 1, (last[j - 1] ?? 0) + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        distance = Math.min(distance, (beforeLast[j - 2] ?? 0) + 1);
      }
      row.push(distance);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? Infinity;
}

/** “a, b and c”: a list as a person would say it. */
export function listed(words: readonly string[], joint = 'and'): string {
  if (words.length <= 1) return words.join('');
  return `${words.slice(0, -1).join(', ')} ${joint} ${words.at(-1)}`;
}

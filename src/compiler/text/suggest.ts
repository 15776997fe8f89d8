/**
 * The known word nearest to what was written, if one is near enough to be meant.
 * Case, hyphens and underscores weigh nothing: `BatchSize` means `batchSize`.
 */
export function nearest(written: string, known: Iterable<string>): string | undefined {
  const plain = fold(written);
  let best: string | undefined;
  let bestDistance = Infinity;
  for (const word of known) {
    const folded = fold(word);
    const distance = folded === plain ? 0 : editDistance(plain, folded);
    const allowed = Math.floor(Math.max(plain.length, folded.length) * 0.4);
    if (distance <= allowed && distance < bestDistance) {
      best = word;
      bestDistance = distance;
    }
  }
  return best;
}

/** Whether one word is the other but for a slip: case, hyphens, a letter or, in a longer word, two. */
export function isNear(written: string, meant: string): boolean {
  const [one, other] = [fold(written), fold(meant)];
  return one === other || editDistance(one, other) <= (Math.max(one.length, other.length) < 8 ? 1 : 2);
}

function fold(word: string): string {
  return word.toLowerCase().replace(/[-_\s]/g, '');
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

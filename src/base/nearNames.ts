// "Did you mean": the names in scope that a misspelt one may have stood for.
import { spelledOut } from "./greek.ts";

/** Candidates within a third of the name's length in edits (at least one, at most twenty), nearest first, then in the order given. */
export function nearNames(name: string, candidates: Iterable<string>, most = 3): string[] {
  const limit = Math.min(MOST_EDITS, Math.max(1, Math.floor(name.length / 3)));
  const [lower, letters] = [name.toLowerCase(), lettersOf(name)];
  const own = spelled(name);
  const found = new Map<string, number>();
  for (const candidate of candidates) {
    if (candidate === name) continue;
    if (spelled(candidate) === own) {
      found.set(candidate, 0.25);
      continue;
    }
    if (Math.abs(candidate.length - name.length) > limit) continue;
    // Small and capital letters are one here, so that what differs in them alone gets through.
    const others = lettersOf(candidate);
    if (bitsIn(letters & ~others) > limit || bitsIn(others & ~letters) > limit) continue;
    const nearness = candidate.toLowerCase() === lower ? 0.5 : editDistance(name, candidate, limit);
    if (nearness > limit) continue;
    // Every other letter is one edit away from a single letter: that says nothing.
    if (name.length > 1 || nearness < 1) found.set(candidate, nearness);
  }
  // The sort is stable: the order given is kept.
  return [...found]
    .sort(([, a], [, b]) => a - b)
    .slice(0, most)
    .map(([near]) => near);
}

/** Names of thousands of letters would be compared for as long as the product of their lengths. */
const MOST_EDITS = 20;

/** Greek letters by their names, since keyboards lack them: `τ_m` is `tau_m`. Spelled once: thousands of names are compared with thousands of others. */
function spelled(name: string): string {
  if (name.length > LONGEST_SPELLED) return name;
  const known = spellings.get(name);
  if (known !== undefined) return known;
  if (spellings.size >= MOST_SPELLINGS) spellings.clear();
  const made = spelledOut(name).replaceAll("_", "").toLowerCase();
  spellings.set(name, made);
  return made;
}

const spellings = new Map<string, string>();
const MOST_SPELLINGS = 20_000;

const LONGEST_SPELLED = 40;

/**
 * Insertions, deletions, replacements and swaps of neighbours (optimal string alignment); more than `limit` is Infinity. Only the cells that so few edits
 * can reach are looked at.
 */
function editDistance(a: string, b: string, limit: number): number {
  const far = limit + 1;
  while (rows[0].length <= b.length) for (const row of rows) row.push(0);
  let [beforeLast, last, row] = rows;
  for (let j = 0; j <= b.length; j++) last[j] = Math.min(j, far);
  for (let i = 1; i <= a.length; i++) {
    const [from, to] = [Math.max(1, i - limit), Math.min(b.length, i + limit)];
    // What lies just outside of the cells of this row is read by the next one.
    row[from - 1] = from === 1 ? Math.min(i, far) : far;
    if (to < b.length) row[to + 1] = far;
    let least = row[from - 1] ?? far;
    for (let j = from; j <= to; j++) {
      let cost = Math.min(
        (last[j] ?? far) + 1,
        (row[j - 1] ?? far) + 1,
        (last[j - 1] ?? far) + (a.charCodeAt(i - 1) === b.charCodeAt(j - 1) ? 0 : 1),
        far,
      );
      if (i > 1 && j > 1 && a.charCodeAt(i - 1) === b.charCodeAt(j - 2) && a.charCodeAt(i - 2) === b.charCodeAt(j - 1))
        cost = Math.min(cost, (beforeLast[j - 2] ?? far) + 1);
      row[j] = cost;
      least = Math.min(least, cost);
    }
    if (least > limit) return Infinity;
    [beforeLast, last, row] = [last, row, beforeLast];
  }
  const distance = last[b.length] ?? far;
  return distance > limit ? Infinity : distance;
}

/** Room for the last rows of a table of distances: thousands of names are compared with thousands of others. */
const rows: readonly [number[], number[], number[]] = [[], [], []];

/** Which letters occur, folded into 32 bits. An edit takes away and brings at most one letter. */
function lettersOf(name: string): number {
  let letters = 0;
  for (let k = 0; k < name.length; k++) letters |= 1 << (name.charCodeAt(k) & 31);
  return letters;
}

function bitsIn(word: number): number {
  let rest = word - ((word >>> 1) & 0x55555555);
  rest = (rest & 0x33333333) + ((rest >>> 2) & 0x33333333);
  return Math.imul((rest + (rest >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

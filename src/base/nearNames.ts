// "Did you mean": the names in scope that a misspelt one may have stood for.
import { spelledOut } from "./greek.ts";

/** Candidates within a third of the name's length in edits (at least one), nearest first, then in the order given. */
export function nearNames(name: string, candidates: Iterable<string>, most = 3): string[] {
  const limit = Math.max(1, Math.floor(name.length / 3));
  const found: { readonly name: string; readonly distance: number; readonly order: number }[] = [];
  let order = 0;
  for (const candidate of new Set(candidates)) {
    if (candidate === name) continue;
    if (spelledOut(candidate) === spelledOut(name)) {
      found.push({ name: candidate, distance: 0, order: order++ });
      continue;
    }
    if (Math.abs(candidate.length - name.length) > limit) continue;
    const distance = candidate.toLowerCase() === name.toLowerCase() ? 0.5 : editDistance(name, candidate, limit);
    // Every other letter is one edit away from a single letter: that says nothing.
    if (distance <= limit && (name.length > 1 || distance < 1)) found.push({ name: candidate, distance, order: order++ });
  }
  found.sort((a, b) => a.distance - b.distance || a.order - b.order);
  return found.slice(0, most).map((f) => f.name);
}

/** Insertions, deletions, replacements and swaps of neighbours (optimal string alignment); more than `limit` is Infinity. */
function editDistance(a: string, b: string, limit: number): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, (beforeLast[j - 2] ?? 0) + 1);
      row.push(cost);
    }
    if (Math.min(...row) > limit) return Infinity;
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? Infinity;
}

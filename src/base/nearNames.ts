// "Did you mean": the names in scope that a misspelt one may have stood for.

/** Candidates within a third of the name's length in edits (at least one), nearest first, then in the order given. */
export function nearNames(name: string, candidates: Iterable<string>, most = 3): string[] {
  const limit = Math.max(1, Math.floor(name.length / 3));
  const found: { readonly name: string; readonly distance: number; readonly order: number }[] = [];
  let order = 0;
  const own = spelled(name);
  for (const candidate of new Set(candidates)) {
    if (candidate === name) continue;
    if (spelled(candidate) === own) {
      found.push({ name: candidate, distance: 0.25, order: order++ });
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

const GREEK =
  "α alpha β beta γ gamma δ delta ε epsilon ζ zeta η eta θ theta ι iota κ kappa λ lambda μ mu ν nu ξ xi π pi ρ rho σ sigma τ tau υ upsilon φ phi ϕ phi χ chi ψ psi ω omega " +
  "Γ Gamma Δ Delta Θ Theta Λ Lambda Ξ Xi Π Pi Σ Sigma Φ Phi Ψ Psi Ω Omega µ mu";
const SPELLED: ReadonlyMap<string, string> = new Map([...GREEK.matchAll(/(\S) (\S+)/gu)].map((m) => [m[1] ?? "", m[2] ?? ""]));

/** Greek letters by their names, since keyboards lack them: `τ_m` is `tau_m`. */
function spelled(name: string): string {
  return name.length > LONGEST_SPELLED ? name : [...name].map((c) => SPELLED.get(c) ?? c).join("").replaceAll("_", "").toLowerCase();
}

const LONGEST_SPELLED = 40;

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

// Names that are the same but for their spelling: τ_m and tau_m, I[1] and I_1.

const GREEK: ReadonlyMap<string, string> = new Map(
  ("α alpha β beta γ gamma δ delta ε epsilon ϵ epsilon ζ zeta η eta θ theta ϑ theta ι iota κ kappa λ lambda μ mu ν nu ξ xi ο omicron π pi ρ rho σ sigma ς sigma τ tau υ upsilon φ phi ϕ phi χ chi ψ psi ω omega " +
    "Α Alpha Β Beta Γ Gamma Δ Delta Ε Epsilon Ζ Zeta Η Eta Θ Theta Ι Iota Κ Kappa Λ Lambda Μ Mu Ν Nu Ξ Xi Ο Omicron Π Pi Ρ Rho Σ Sigma Τ Tau Υ Upsilon Φ Phi Χ Chi Ψ Psi Ω Omega")
    .split(" ")
    .reduce<[string, string][]>((pairs, word, i, all) => (i % 2 === 0 ? [...pairs, [word, all[i + 1] ?? word]] : pairs), []),
);

/** Greek letters by their names, nothing between letters and digits; upper and lower case stay apart. */
export function spelling(name: string): string {
  return [...name.normalize("NFC").replaceAll("\u00B5", "\u03BC")].map((c) => GREEK.get(c) ?? c).join("").replace(/[_[\],\s]/g, "");
}

export type Reading = (name: string) => string;

/** Ever looser readings of a name, the strictest first. */
export const READINGS: readonly Reading[] = [asWritten, spelling, withoutCase, lastPart];

function asWritten(name: string): string {
  return name;
}

function withoutCase(name: string): string {
  return spelling(name).toLowerCase();
}

/** `Na.m` of a mechanism is the `m` of a model that has but one. */
function lastPart(name: string): string {
  return withoutCase(name.slice(name.lastIndexOf(".") + 1));
}

// Greek letters by their names: whoever has none at hand writes tau_m for τ_m.

const NAMES: ReadonlyMap<string, string> = new Map(
  (
    "α alpha β beta γ gamma δ delta ε epsilon ϵ epsilon ζ zeta η eta θ theta ϑ theta ι iota κ kappa λ lambda μ mu ν nu ξ xi ο omicron π pi ρ rho σ sigma ς sigma τ tau υ upsilon φ phi ϕ phi χ chi ψ psi ω omega " +
    "Α Alpha Β Beta Γ Gamma Δ Delta Ε Epsilon Ζ Zeta Η Eta Θ Theta Ι Iota Κ Kappa Λ Lambda Μ Mu Ν Nu Ξ Xi Ο Omicron Π Pi Ρ Rho Σ Sigma Τ Tau Υ Upsilon Φ Phi Χ Chi Ψ Psi Ω Omega"
  )
    .split(" ")
    .reduce<[string, string][]>(
      (pairs, word, i, all) => (i % 2 === 0 ? [...pairs, [word, all[i + 1] ?? word]] : pairs),
      [],
    ),
);

/** `tau_m` of `τ_m`; the sign µ is the letter μ. */
export function spelledOut(name: string): string {
  return [...name.normalize("NFC").replaceAll("\u00B5", "\u03BC")].map((c) => NAMES.get(c) ?? c).join("");
}

// Names that a target allows for what a model calls `τ_m`, `I[1]`, `Na.m`: its alphabet, its words, and no two alike.

export interface NameRules {
  /** Words of the target that nothing may be called. */
  readonly reserved: ReadonlySet<string>;
  /** Whether a name of letters, digits and `_` is none for another reason. */
  readonly refuses: (name: string) => boolean;
}

/** Names of one scope: the same thing has the same name whenever it is asked for. */
export interface Names {
  /** `key` is what the model calls it; `wanted` what it would be called, where that is something else. */
  of(key: string, wanted?: string): string;
  /** A name for something that the model does not have. */
  fresh(wanted: string): string;
  readonly taken: ReadonlySet<string>;
}

/** `also`: what is taken by another scope that is seen from this one. */
export function namesUnder(rules: NameRules, also: (name: string) => boolean = () => false): Names {
  const taken = new Set<string>();
  const known = new Map<string, string>();
  const fresh = (wanted: string): string => {
    const spelt = inAscii(wanted);
    // What no ending helps begins otherwise.
    const plain = rules.refuses(`${spelt}_`) ? `x_${spelt}` : spelt;
    const isFree = (name: string): boolean =>
      !taken.has(name) && !rules.reserved.has(name) && !rules.refuses(name) && !also(name);
    let name = plain;
    for (let k = 1; !isFree(name); k++) name = k === 1 ? `${plain}_` : `${plain}_${k}`;
    taken.add(name);
    return name;
  };
  return {
    taken,
    fresh,
    of(key, wanted = key) {
      const name = known.get(key) ?? fresh(wanted);
      known.set(key, name);
      return name;
    },
  };
}

const GREEK: Readonly<Record<string, string>> = {
  α: "alpha",
  β: "beta",
  γ: "gamma",
  δ: "delta",
  ε: "epsilon",
  ζ: "zeta",
  η: "eta",
  θ: "theta",
  ι: "iota",
  κ: "kappa",
  λ: "lambda",
  μ: "mu",
  µ: "mu",
  ν: "nu",
  ξ: "xi",
  ο: "omicron",
  π: "pi",
  ρ: "rho",
  σ: "sigma",
  ς: "sigma",
  τ: "tau",
  υ: "upsilon",
  φ: "phi",
  ϕ: "phi",
  χ: "chi",
  ψ: "psi",
  ω: "omega",
  ϑ: "theta",
  ϵ: "epsilon",
  Α: "Alpha",
  Β: "Beta",
  Γ: "Gamma",
  Δ: "Delta",
  Ε: "Epsilon",
  Ζ: "Zeta",
  Η: "Eta",
  Θ: "Theta",
  Ι: "Iota",
  Κ: "Kappa",
  Λ: "Lambda",
  Μ: "Mu",
  Ν: "Nu",
  Ξ: "Xi",
  Ο: "Omicron",
  Π: "Pi",
  Ρ: "Rho",
  Σ: "Sigma",
  Τ: "Tau",
  Υ: "Upsilon",
  Φ: "Phi",
  Χ: "Chi",
  Ψ: "Psi",
  Ω: "Omega",
};

/** `τ_m` is tau_m, `δΘ_s` deltaTheta_s, `I[1]` I_1, `Na.m` Na_m, `k₁` k1; of other letters the plain one below their accents, else their number. It begins with a letter and has letters, digits and `_` alone. */
export function inAscii(name: string): string {
  const letters = [...name.normalize("NFC")].map((c) => {
    const greek = GREEK[c];
    if (greek !== undefined) return greek;
    const plain = c.normalize("NFKD").replace(/\p{M}/gu, "");
    if (/^[A-Za-z0-9_]+$/.test(plain)) return plain;
    return /[\p{L}\p{N}]/u.test(c) ? `u${(c.codePointAt(0) ?? 0).toString(16)}` : "_";
  });
  const joined = letters.join("").replaceAll(/_+/g, "_").replaceAll(/^_|_$/g, "");
  return /^[A-Za-z]/.test(joined) ? joined : `x${joined}`;
}

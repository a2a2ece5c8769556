// Models for the law of differences: four in which every production stands, and random ones, of a neuron by itself or of a network.
export const MODELS: Readonly<Record<string, string>> = {
  neuron: `const half = 0.5
function gate(V : mV) : 1 = 1/(1 + exp(-(V + 40 mV)/(5 mV)))
neuron N {
  index j = 1..2
  param C = 100 pF, G = 5 nS, E_L = -70 mV, Θ = -50 mV, k[j] = [0.1, 0.01] /ms, t_ref = 2 ms
  const b = 2 nS
  input I : pA
  state V = E_L, w = 0 pA, y[j] = 0 pA, u = 0, n = 0
  let leak = G*(V - E_L)
  V' = (I - leak - w)/C
  w' = (b*(V - E_L) - w)/(80 ms)
  y[j]' = -k[j]*y[j]
  u' = (clamp(gate(V), 0.1, 0.9) - u + (if V > -60 mV and (w > 5 pA or u < 0.4) then max(u, half) else min(0.2, abs(u - 0.3))))/(10 ms)
  I += sum(y) - 1 pA*floor(10*u)
  on V > -55 mV { n <- n + 1; w <- w + 1 pA }
  on t >= 30 ms { n <- 2*n }
  spike when V > Θ + 1 mV*sin(u)
  reset { V <- E_L + 2 mV; w <- w + 10 pA; y[j] <- y[j] - 5 pA }
  refractory t_ref { hold V, u }
}
experiment X of N { duration 80 ms; step 0.1 ms; seed 3; I = pulse(250 pA, from: 5 ms, to: 60 ms) + (if t < 40 ms then 20 pA else 0 pA); record V, w, u }
`,
  network: `neuron N {
  param τ = 10 ms, E_x = 5 mV, d = 1 ms
  const s = 2
  input I : mV
  state V = 0 mV, U = 0 mV, c = 0
  V' = (I - V)/τ
  spike when V >= 10 mV
  reset { V <- 0 mV; c <- c + 1 }
  refractory 2 ms { hold V }
}
synapse S {
  param τ_s = 5 ms; weight w = 0.1; state g = 0, p = 1
  g' = -g/τ_s
  p' = (1 - p)/(50 ms)
  on pre { g <- g + w*p; p <- 0.8*p; post.U <- post.U + 0.1 mV*post.s }
  post.I += g*(post.E_x - post.V)
}
network M {
  param drive = 18 mV
  population E = 6 N { I = drive + 1 mV*i; V ~ uniform(0 mV, 9 mV) }
  population P = 4 poisson(50 Hz)
  population G = spikes([10, 20] ms)
  connect E[0..3] -> E by S as rec { w = if i < 2 then 0.2 else 0.05*j, delay = max(1 ms, 0.5 ms*i) + post.d } random(p: 0.6) where i != 3
  connect P -> E by S as ext { w ~ normal(0.3, 0.1, min: 0) } all
  connect G -> E by S as one { delay = 2 ms } all
}
experiment X of M { duration 60 ms; step 0.1 ms; seed 3; record E[0].V, E[1].U }
`,
  precise: `neuron N {
  param τ = 10 ms
  input I : mV
  state V = 0 mV, a = 0 mV
  V' = (I + a - V)/τ
  a' = -a/(20 ms)
  on a > 3 mV { a <- a - 1 mV }
  spike when V > 10 mV or V > 9 mV and t > 40 ms
  reset { let jump = 1 mV; V <- 0; a <- a + jump }
}
experiment X of N { duration 80 ms; step 0.5 ms; spikes precise; I = steps(0 ms: 8 mV, 20 ms: 15 mV, 60 ms: 2 mV); record V }
experiment Adaptive of N { duration 10 ms; method rk45(tolerance: 1e-6); I = sine(10 mV, 20 Hz, phase: 0.5); record V }
`,
  noise: `neuron N {
  param τ = 10 ms, σ = 1 mV
  state V = 0 mV
  V' = -V/τ + σ*(1 + abs(V)/(10 mV))*sqrt(2/τ)*ξ
  interpret Ito
  spike with rate 0.1 /ms * exp(V/(2 mV))
  reset { V <- -1 mV }
}
experiment X of N { duration 50 ms; step 0.1 ms; seed 3; method euler; record V }
`,
};

/** A random text; the same seed, the same text. Every second one is a network. */
export function randomModel(seed: number): string {
  return new Author(seed).model(seed % 2 === 0);
}

type Unit = "mV" | "1";

/** What an expression may read, by its unit. */
type Names = Readonly<Record<Unit, readonly string[]>>;

class Author {
  private state: number;

  constructor(seed: number) {
    this.state = seed * 2654435761 + 1;
    for (let k = 0; k < 5; k++) this.next();
  }

  model(isNetwork: boolean): string {
    return isNetwork ? this.network() : this.alone();
  }

  private next(): number {
    this.state = (this.state * 1664525 + 1013904223) % 4294967296;
    return this.state / 4294967296;
  }

  private below(n: number): number {
    return Math.floor(this.next() * n);
  }

  private maybe<T>(p: number, make: () => T): T | "" {
    return this.next() < p ? make() : "";
  }

  private one<T>(...of: readonly [T, ...T[]]): T {
    return of[this.below(of.length)] ?? of[0];
  }

  /** A few of them, in their order. */
  private some<T>(p: number, of: readonly T[]): T[] {
    return of.filter(() => this.next() < p);
  }

  private decimal(low: number, high: number): string {
    return String(Number((low + this.next() * (high - low)).toPrecision(2)));
  }

  // ---- expressions

  private expression(unit: Unit, names: Names, depth = 2): string {
    const again = (u: Unit = unit): string => this.expression(u, names, depth - 1);
    const written = unit === "1" ? "" : ` ${unit}`;
    if (depth === 0 || this.next() < 0.25) {
      const known = names[unit];
      return known.length > 0 && this.next() < 0.75
        ? (known[this.below(known.length)] ?? "")
        : `${this.decimal(0.2, unit === "1" ? 2 : 9)}${written}`;
    }
    const ofEither: readonly (() => string)[] = [
      () => `(${again()} + ${again()})`,
      () => `(${again()} - ${again()})`,
      () => `${again("1")}*${again()}`,
      () => `-(${again()})`,
      () => `(if ${this.condition(names, depth - 1)} then ${again()} else ${again()})`,
      () => `max(${again()}, ${again()})`,
      () => `min(${again()}, ${again()})`,
      () => `abs(${again()})`,
      () => `clamp(${again()}, 0${written}, ${this.decimal(1, 5)}${written})`,
    ];
    const ofNumbers: readonly (() => string)[] = [
      () => `exp(-abs(${again()}))`,
      () => `tanh(${again()})`,
      () => `sin(${again()})`,
      () => `sqrt(1 + (${again()})^2)`,
      () => `${again("mV")}/(${this.decimal(2, 9)} mV)`,
      () => `floor(${again()})`,
      () => `step(${again("mV")})`,
      () => `(${again()})^2/(1 + (${again()})^2)`,
    ];
    const all = unit === "1" ? [...ofEither, ...ofNumbers] : ofEither;
    return (all[this.below(all.length)] ?? again)();
  }

  private condition(names: Names, depth = 1): string {
    if (depth > 0 && this.next() < 0.3) {
      const [x, y] = [this.condition(names, depth - 1), this.condition(names, depth - 1)];
      return this.one(`${x} and ${y}`, `(${x} or ${y})`, `not (${x})`);
    }
    const operator = this.one(">", ">=", "<", "<=");
    return this.one(
      () => `${this.expression("mV", names, 1)} ${operator} ${this.decimal(1, 12)} mV`,
      () => `${this.expression("1", names, 1)} ${operator} ${this.decimal(0.2, 2)}`,
      () => `t ${operator} ${5 * (1 + this.below(6))} ms`,
    )();
  }

  // ---- neurons

  private neuron(name: string, input: boolean, noise: boolean): string {
    const isIndexed = this.next() < 0.4;
    const fixed: Names = { mV: ["E", "a"], "1": ["q"] };
    const names: Names = {
      mV: ["V", "U", "E", "a", ...(isIndexed ? ["y[2]", "sum(y)"] : [])],
      "1": ["c", "q", "n"],
    };
    const reads: Names = { mV: [...names.mV, ...(input ? ["I"] : [])], "1": [...names["1"], "h"] };
    const jumps = (): string =>
      [
        "n <- n + 1",
        ...this.some(0.5, [
          "V <- V - 1 mV*c",
          `U <- ${this.expression("mV", names, 1)}`,
          `c <- 0.5*c + ${this.decimal(0.1, 1)}`,
          ...(isIndexed ? ["y[j] <- y[j] + 0.1*a"] : []),
        ]),
      ].join("; ");
    const τ = 5 + this.below(15);
    return `neuron ${name} {
  ${isIndexed ? "index j = 1..2" : ""}
  param τ = ${τ} ms, E = ${this.decimal(1, 9)} mV, q = ${this.decimal(0.2, 2)}, d = ${this.below(3)} ms${isIndexed ? `, k[j] = [${this.decimal(0.02, 0.2)}, ${this.decimal(0.02, 0.2)}] /ms` : ""}
  const a = ${this.decimal(0.5, 4)} mV
  ${input ? "input I : mV" : ""}
  state V = ${this.expression("mV", fixed, 1).replace(/\(if .*? then/u, "(if q > 1 then")}, U = ${this.decimal(0, 3)} mV, c = ${this.decimal(0, 1)}, n : 1 = 0${isIndexed ? ", y[j] = 1 mV" : ""}
  let h = ${this.expression("1", names)}
  V' = (${this.decimal(10, 18)} mV + ${this.expression("mV", reads)}${input ? " + I" : ""} - V)/τ${noise ? ` + ${this.decimal(0.2, 1)} mV*sqrt(2/τ)*ξ` : ""}
  ${this.maybe(0.7, () => `U' = (${this.expression("mV", reads, 1)} - U)/(${this.decimal(5, 30)} ms)`)}
  ${this.maybe(0.7, () => `c' = (clamp(${this.expression("1", reads, 1)}, 0, 1) - c)/(${this.decimal(5, 30)} ms)`)}
  ${isIndexed ? "y[j]' = -k[j]*y[j]" : ""}
  ${input ? this.maybe(0.5, () => `I += ${this.expression("mV", names, 1)}`) : ""}
  ${this.maybe(0.6, () => `on ${this.condition(reads)} { ${jumps()} }`)}
  ${this.maybe(0.3, () => `on ${this.condition(reads)} { ${jumps()} }`)}
  ${this.one(`spike when V > 10 mV`, `spike when V >= E + 5 mV`, `spike when V > 10 mV and ${this.condition(names)}`, `spike when V > 8 mV or ${this.condition(names)}`)}
  reset { ${this.one("V <- 0 mV", "V <- 0.5*V - 2 mV; c <- c + q", "V <- V - 9 mV; U <- U + a; n <- n + 1")} }
  ${this.maybe(0.6, () => `refractory ${this.one("2 ms", "d + 1 ms", "1 ms*q")} { ${this.one("hold V", "hold V, U", "hold all", input ? "hold V; drop I" : "hold V, c")} }`)}
}
`;
  }

  private stimulus(): string {
    return this.one(
      () => `${this.decimal(1, 9)} mV`,
      () => `pulse(${this.decimal(3, 9)} mV, from: ${this.below(10)} ms, to: ${20 + this.below(20)} ms)`,
      () => `steps(0 ms: 1 mV, ${5 + this.below(10)} ms: ${this.decimal(2, 9)} mV)`,
      () => `sine(${this.decimal(1, 5)} mV, ${20 + this.below(50)} Hz)`,
      () => `ramp(0 mV, ${this.decimal(2, 9)} mV, from: 5 ms, to: ${20 + this.below(20)} ms)`,
      () => `(if t < ${5 + this.below(20)} ms then ${this.decimal(1, 9)} mV else 0 mV)`,
    )();
  }

  private alone(): string {
    const noise = this.next() < 0.2;
    const settings = [
      `I = ${this.stimulus()}${this.maybe(0.4, () => ` + ${this.stimulus()}`)}`,
      this.maybe(0.3, () => `q = ${this.decimal(0.2, 2)}`),
      this.maybe(0.3, () => `V = ${this.decimal(0, 5)} mV`),
      noise ? "" : this.maybe(0.2, () => "spikes precise"),
    ];
    return `${this.neuron("N", true, noise)}experiment X of N { duration 40 ms; step 0.2 ms; seed 3; ${settings.filter((s) => s !== "").join("; ")}; record V, h }
`;
  }

  // ---- networks

  private synapse(name: string): string {
    const plastic: Names = { mV: [], "1": ["w", "x"] };
    const [τ, amount] = [this.decimal(2, 12), this.decimal(0.05, 0.5)];
    return `synapse ${name} {
  ${this.one(
    () => `weight w = ${amount}
  on pre { post.V <- post.V + 1 mV*w*${this.one("1", "post.q", "pre.q", "post.c")} }`,
    () => `param τ_s = ${τ} ms; ${this.maybe(0.3, () => "single ")}weight w = ${amount}; state g = 0
  g' = -g/τ_s
  on pre { g <- g + w }
  post.I += g*${this.one("3 mV", "(post.E - post.V)", "(8 mV - post.V)")}`,
    () => `param τ_s = ${τ} ms, F = ${this.decimal(0.1, 0.6)}; weight w = ${amount}; state g = 0, x = 1
  g' = -g/τ_s
  x' = (1 - x)/(${this.decimal(10, 40)} ms)
  on pre { g <- g + w*x; x <- (1 - F)*x }
  post.I += 4 mV * g`,
    () => `param τ_s = ${τ} ms; weight w = ${amount}; state x = 0, y = 0
  x' = -x/τ_s
  y' = -y/(${this.decimal(10, 40)} ms)
  on pre { post.V <- post.V + 1 mV*w; x <- x + 1; w <- max(0, w - 0.05*y) }
  on post { y <- y + 1; w <- min(1, w + ${this.expression("1", plastic, 1)}*0.1) }`,
    () => `weight w = ${amount}
  post.I += w*(pre.V - post.V)`,
    () => `weight w = ${amount}
  on pre { post.U <- post.U + 1 mV*w; ${this.one("post.c <- 0.9*post.c + 0.05", "w <- 0.95*w", "post.V <- post.V + 0.2*post.a")} }`,
  )()}
}
`;
  }

  /** A parameter that differs between neurons, or is drawn. */
  private ofEach(
    name: string,
    unit: string,
    low: number,
    high: number,
    places: "i" | "j" | "abs(i - j)" = "i",
  ): string {
    const [a, b] = [this.decimal(low, (low + high) / 2), this.decimal((low + high) / 2, high)].map(
      (x) => `${x} ${unit}`,
    );
    return this.one(
      `${name} = ${a} + ${this.decimal(0.1, 2)} ${unit}*${places}`,
      `${name} = ${b}/(1 + ${places})`,
      `${name} = if ${places} ${this.one("<", ">=", "==")} ${1 + this.below(2)} then ${a} else ${b}`,
      `${name} ~ uniform(${a}, ${b})`,
      `${name} ~ normal(${b}, ${this.decimal(0.1, 1)} ${unit}, min: ${this.decimal(0.5, 2)} ${unit})`,
    );
  }

  private connect(from: string, to: string, synapse: string, name: string, text: string): string {
    const settings = [
      this.one(
        () => `w = ${this.decimal(0.1, 0.6)}`,
        () => `w = ${this.decimal(0.02, 0.2)}*(1 + i)`,
        () => `w = if i < ${1 + this.below(3)} then ${this.decimal(0.1, 0.5)} else ${this.decimal(0.02, 0.1)}*j`,
        () => `w ~ uniform(0.1, ${this.decimal(0.3, 0.6)})`,
        () => `w = strength*${this.decimal(0.1, 0.6)}`,
      )(),
      this.maybe(0.6, () =>
        this.one(
          () => `delay = ${this.decimal(0.2, 3)} ms`,
          () => `delay = max(1 ms, 0.4 ms*${this.one("i", "j", "abs(i - j)")})`,
          () => "delay = 0.4 ms + post.d",
          () => `delay ~ uniform(0.4 ms, ${1 + this.below(3)} ms)`,
        )(),
      ),
      text.includes("param τ_s")
        ? this.maybe(0.5, () => this.ofEach("τ_s", "ms", 2, 12, this.one("i", "j", "abs(i - j)")))
        : "",
      text.includes("F =") ? this.maybe(0.3, () => `F = 0.1 + 0.1*${this.one("i", "j")}`) : "",
    ].filter((s) => s !== "");
    const where = this.maybe(
      0.4,
      () => ` where ${this.one("i != j + 1", "i + j < 5", "abs(i - j) <= 1", "i > 0 and j < 3", "pre.p > post.p - 1")}`,
    ).replace("pre.p > post.p", from.startsWith("A") && to.startsWith("A") ? "pre.q >= post.q" : "i > j");
    const rule = this.one(
      "all",
      "all",
      "random(p: 0.6)",
      "random(p: 0.3 + 0.2*j)",
      "indegree(n: 1)",
      "outdegree(n: 1)",
      "total(n: 2)",
    );
    const slice = from === "G" ? "" : this.maybe(0.25, () => "[0..1]");
    return `  connect ${from}${slice} -> ${to} by ${synapse} as ${name} { ${settings.join(", ")} } ${from === to && this.next() < 0.1 ? "one_to_one allow self" : `${rule}${where}${from === to ? this.maybe(0.3, () => " allow self") : ""}`}
`;
  }

  private network(): string {
    const kinds = ["S", "T"];
    // A spike of a given or Poisson neuron has no state to couple with.
    const synapses = kinds.map((s) => this.synapse(s));
    const connect = (from: string, to: string, synapse: string, name: string): string =>
      this.connect(from, to, synapse, name, synapses[kinds.indexOf(synapse)] ?? "");
    const coupling = kinds.filter((_, k) => /pre\./.test(synapses[k] ?? ""));
    const sourced = kinds.filter((k) => !coupling.includes(k));
    const populations = ["A", ...this.some(0.5, ["B"])];
    const rings = populations.flatMap((from, f) =>
      populations.flatMap((to, t) =>
        this.some(0.6, [kinds[this.below(2)] ?? "S"]).map((s, k) => connect(from, to, s, `r${f}${t}${k}`)),
      ),
    );
    const [source] = sourced;
    const driven =
      source === undefined
        ? []
        : [
            connect("P", "A", source, "drive"),
            ...this.some(0.5, [sourced[1] ?? source]).map((s) => connect("G", "A", s, "given")),
          ];
    const noise = this.next() < 0.15;
    return `${this.neuron("N", true, noise)}${synapses.join("")}network M {
  param strength = ${this.decimal(0.5, 1.5)}
  population A = ${3 + this.below(3)} N { ${[this.maybe(0.6, () => "q = 0.5 + 0.2*i"), this.maybe(0.5, () => this.ofEach("τ", "ms", 6, 16)), this.maybe(0.3, () => this.ofEach("E", "mV", 2, 9)), this.maybe(0.5, () => `V ~ uniform(0 mV, ${this.decimal(2, 9)} mV)`), this.maybe(0.3, () => `I = ${this.stimulus()}`)].filter((s) => s !== "").join("; ")} }
  ${populations.length > 1 ? `population B = 3 N { E = ${this.decimal(1, 9)} mV${this.maybe(0.4, () => `; ${this.ofEach("τ", "ms", 6, 16)}`)} }` : ""}
  population P = 3 poisson(${this.one("60 Hz", "30 Hz + 20 Hz*i", "if t < 20 ms then 80 Hz else 20 Hz")})
  population G = spikes([${5 + this.below(5)}, ${12 + this.below(9)}] ms)
${[...rings, ...driven].join("")}}
experiment X of M { duration 30 ms; step 0.2 ms; seed 3${this.maybe(0.4, () => `; A.I = ${this.stimulus()} + 0.5 mV*i`)}; record A[0].V, A[1].h }
`;
  }
}

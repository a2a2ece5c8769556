// Models that may be long, wide or deep, each as a text of a given size.

const lines = (n: number, line: (k: number) => string): string =>
  Array.from({ length: n }, (_, k) => line(k)).join("\n");
const joined = (n: number, by: string, part: (k: number) => string): string =>
  Array.from({ length: n }, (_, k) => part(k)).join(by);
const neuron = (members: string): string => `neuron P {\n  state x = 0.5\n${members}\n}\n`;
const chain =
  (next: (before: string) => string) =>
  (n: number): string =>
    neuron(`  let y0 = x\n${lines(n, (k) => `  let y${k + 1} = ${next(`y${k}`)}`)}\n  x' = -y${n}/(10 ms)`);

const squares = (of: string, n: number, members: string): string =>
  neuron(
    `  param p = 0.1\n  let y0 = ${of}\n${lines(n, (k) => `  let y${k + 1} = y${k} + 0.001*y${k}*y${k}`)}\n${members}`,
  );
const LOCATED = "experiment E of P { duration 1 ms; spikes precise; record x }\n";

export interface Growing {
  readonly title: string;
  /** From which size on it is doubled: where times are taken, and where blocks are counted. */
  readonly from: number;
  readonly least: number;
  readonly text: (n: number) => string;
  /** The text stands for more than it says, so that only checking it grows no faster. */
  readonly checked?: boolean;
  /** Files that it imports, by their paths. */
  readonly files?: (n: number) => ReadonlyMap<string, string>;
}

const link = (k: number, n: number): string =>
  k === n
    ? `neuron P${k} { state x = 0.5; x' = -x/(10 ms) }`
    : `import P${k + 1} from "${k + 1}.glif"\nneuron P${k} extends P${k + 1} {}`;

export const GROWING: readonly Growing[] = [
  {
    title: "lets of one state",
    from: 500,
    least: 64,
    text: (n) => neuron(`${lines(n, (k) => `  let y${k} = x + ${k}`)}\n  x' = -x/(10 ms)`),
  },
  { title: "lets made of one another, linear", from: 500, least: 64, text: chain((y) => `0.5*${y} + 1`) },
  { title: "lets made of one another", from: 500, least: 64, text: chain((y) => `0.5*${y} + sin(${y})`) },
  { title: "squares built on squares", from: 8, least: 8, text: chain((y) => `0.01*${y} + ${y}*${y}`) },
  {
    title: "squares in located spikes",
    from: 16,
    least: 128,
    text: (n) =>
      `${squares("x", n, `  x' = -y${n}*x/(10 ms)\n  spike when y${n} < 0.5\n  reset { x <- 1 }`)}${LOCATED}`,
  },
  {
    title: "squares of a parameter, as the rate of an exact step",
    from: 16,
    least: 24,
    text: (n) => `${squares("p", n, `  x' = -y${n}*x/(10 ms)\n  spike when x < y${n}\n  reset { x <- 1 }`)}${LOCATED}`,
  },
  {
    title: "definitions in a chain, the last first",
    from: 500,
    least: 64,
    text: (n) =>
      neuron(`${lines(n, (k) => `  param p${n - k} = p${n - k - 1} + 1`)}\n  param p0 = 1\n  x' = -x*p${n}/(10 ms)`),
  },
  {
    title: "parameters",
    from: 500,
    least: 64,
    text: (n) =>
      neuron(
        `${lines(n, (k) => `  param p${k} = ${k + 1}`)}\n  x' = (${joined(n, " + ", (k) => `p${k}`)} - x)/(10 ms)`,
      ),
  },
  {
    title: "states",
    from: 125,
    least: 64,
    text: (n) => neuron(`${lines(n, (k) => `  state s${k} = 0.1\n  s${k}' = -s${k}/(10 ms)`)}\n  x' = -x/(10 ms)`),
  },
  {
    title: "states that read one another",
    from: 125,
    least: 64,
    text: (n) =>
      neuron(
        `${lines(n, (k) => `  state s${k} = 0.1\n  s${k}' = (${k === 0 ? "x" : `s${k - 1}`} - sin(s${k}))/(10 ms)`)}\n  x' = -x/(10 ms)`,
      ),
  },
  {
    title: "terms of a sum",
    from: 500,
    least: 64,
    text: (n) => neuron(`  x' = (${joined(n, " + ", (k) => `${k}*x`)})/(10 ms)`),
  },
  {
    title: "conditions joined by `and`",
    from: 500,
    least: 64,
    text: (n) => neuron(`  x' = -x/(10 ms)\n  spike when ${joined(n, " and ", (k) => `x > ${k}`)}\n  reset { x <- 0 }`),
  },
  {
    title: "unknown names beside known ones",
    from: 250,
    least: 128,
    text: (n) =>
      neuron(
        `${lines(n, (k) => `  param known${k} = 1`)}\n${lines(n, (k) => `  let y${k} = unknwn${k}`)}\n  x' = -x/(10 ms)`,
      ),
  },
  {
    title: "levels of `extends`",
    from: 125,
    least: 32,
    text: (n) =>
      `neuron P0 { state x = 0.5; x' = -x/(10 ms) }\n${lines(n, (k) => `neuron P${k + 1} extends P${k} {}`)}\n`,
  },
  ...[
    { adds: "a parameter", member: (k: number) => `param p${k} = 1` },
    { adds: "a let of the last one", member: (k: number) => `let y${k} = 0.5*${k === 0 ? "x" : `y${k - 1}`} + 1` },
    { adds: "a state", member: (k: number) => `state s${k} = 0; s${k}' = (x - s${k})/(10 ms)` },
  ].map(({ adds, member }) => ({
    title: `levels that add ${adds}`,
    from: 125,
    least: 24,
    text: (n: number) =>
      `neuron P0 { state x = 0.5; x' = -x/(10 ms) }\n${lines(n, (k) => `neuron P${k + 1} extends P${k} { ${member(k)} }`)}\n`,
    // Each of them is planned with all that it has.
    checked: true,
  })),
  {
    title: "mechanisms side by side",
    from: 125,
    least: 32,
    text: (n) =>
      `mechanism M { param g = 1 nS, E = 0 mV; state a = 0; a' = -a/(10 ms); I += g*a*(E - V) }\nneuron P { param C = 1 pF; input I : pA; state V = 0 mV; V' = I/C\n${lines(n, (k) => `use M as m${k}`)}\n}\n`,
  },
  {
    title: "mechanisms in one another, too deep",
    from: 1000,
    least: 220,
    text: (n) =>
      `mechanism M0 { param p = 1 }\n${lines(n, (k) => `mechanism M${k + 1} { use M${k}; param p = 1 }`)}\nneuron P { use M${n}; state x = 0.5; x' = -x/(10 ms) }`,
  },
  {
    title: "files that import one another",
    from: 125,
    least: 16,
    text: (n) => link(0, n),
    files: (n) => new Map(Array.from({ length: n }, (_, k) => [`${k + 1}.glif`, link(k + 1, n)])),
  },
  {
    title: "models",
    from: 125,
    least: 64,
    text: (n) => lines(n, (k) => `neuron P${k} { state x = 0.5; x' = -x/(10 ms) }`),
  },
];

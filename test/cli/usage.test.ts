// F07: wrong usage ends with 2 and says what is right; help and version are data.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { folderWith, glif, LIF, STEP } from "./helpers.ts";

const NET = `
synapse Jump { weight w = 1 mV; on pre { post.V <- post.V + w } }
network Net { param chance = 0.1; population E = 20 LIF; connect E -> E by Jump as exc random(p: chance) }
experiment OfNet of Net { duration 5 ms }
`;

const refused: readonly (readonly [words: readonly string[], saying: RegExp])[] = [
  [["run", "a.glif", "--seed", "abc"], /'--seed <N>' argument 'abc' is invalid. A seed is a whole number/],
  [["run", "a.glif", "--seed", "-1"], /'-1' is invalid/],
  [["run", "a.glif", "--seed", "18446744073709551616"], /'18446744073709551616' is invalid/],
  [["run", "a.glif", "--seed", "9007199254740992"], /is invalid/],
  [["run", "a.glif", "--seed", "1.5"], /is invalid/],
  [["run", "a.glif", "--seed", "1e3"], /is invalid/],
  [["run", "a.glif", "--seed", ""], /is invalid/],
  [["run", "a.glif", "--seed"], /argument missing/],
  [["run", "a.glif", "--sed", "3"], /unknown option '--sed'\n\(Did you mean one of --seed, --set\?\)/],
  [["run", "a.glif", "--set", "V"], /Write a name, = and a value/],
  [["run", "a.glif", "--set", "=3"], /Write a name, = and a value/],
  [
    ["run", "a.glif", "--set", "method rk4"],
    /That is no quantity but a word of the experiment: write `method rk4` in its braces, in the file\.\n/,
  ],
  [["run", "a.glif", "--set", "step 0.1 ms"], /The step of a run is an option of its own: --step\./],
  [
    ["run", "a.glif", "--set", "population E=20"],
    /The size of a population stands in its network.*`param N = 100`, `population E = N LIF`, and --set N=200/,
  ],
  [["run", "a.glif", "--dt", "0.1 ms"], /unknown option '--dt'\nThe time step is --step "0\.05 ms"\.\n/],
  [["run", "a.glif", "--trials", "10"], /unknown option '--trials'\nA run is one trial: another one is --seed 2;/],
  [["sweep", "a.glif", "--trials", "10"], /unknown option '--trials'\nThe number of trials is --seeds 10\.\n/],
  [
    ["run", "a.glif", "--seeds", "3"],
    /unknown option '--seeds'\n(?:\(.*\)\n)?A run is one trial: another one is --seed 2;/,
  ],
  [["run", "a.glif", "-n", "3"], /unknown option '-n'\nA run is one trial/],
  [["run", "a.glif", "--plot"], /A figure is drawn by itself/],
  [["run", "a.glif", "--verbose"], /less is --quiet/],
  [["fit", "a.glif", "--maxiter", "20"], /How many candidates a fit tries is --evaluations 5000\./],
  [["fit", "a.glif", "--param", "C in 1 pF .. 2 pF"], /What is sought is --free/],
  [["compile", "a.glif", "--ts"], /TypeScript is what is written without an option\./],
  [["run", "a.glif", "--set", "C=100 pF,G=5 nS"], /Each is an option of its own: --set "C=100 pF" --set "G=5 nS"\./],
  [
    ["run", "a.glif", "--set", "C = 100 pF; G = 5 nS"],
    /Each is an option of its own: --set "C = 100 pF" --set "G = 5 nS"\./,
  ],
  [["run", "a.glif", "--set", "C*=2"], /write the number that `C \* 2` comes to, --set "C=VALUE"\./],
  [["run", "a.glif", "--jobs", "4"], /The number of threads is --threads 4\./],
  [["fit", "a.glif", "--method", "cma"], /How the search goes is not chosen/],
  [["fit", "a.glif", "--data", "cell.csv"], /The recording is --to FILE\./],
  [["compile", "a.glif", "--target", "js"], /The target is TypeScript, or JavaScript with --js\./],
  [["run", "a.glif", "--set", "-C=100 pF"], /A name stands without a dash: --set "C=100 pF"\./],
  [["version"], /unknown command 'version'\nThat is `glif --version`\.\n/],
  [
    ["run", "a.glif", "--method", "rk4"],
    /unknown option '--method'\nA method is chosen in the file: write `method rk4` in the experiment\.\n/,
  ],
  [["run"], /missing required argument 'FILE'/],
  [["run", "a.glif", "Step", "more"], /too many arguments/],
  [["rnu", "a.glif"], /unknown command 'rnu'\n\(Did you mean run\?\)/],
  [["simulate", "a.glif"], /unknown command 'simulate'\nThat is `glif run FILE`\.\n/],
  [["a.glif"], /unknown command 'a\.glif'\nThat is `glif run a\.glif`\.\n/],
  [["run", "a.glif", "τ=5 ms"], /has no experiment τ=5 ms[^]*help: what is set is an option: --set "τ=5 ms"/],
  [["sweep", "a.glif", "--param", "τ"], /What is swept is --over/],
  [["check"], /missing required argument/],
  [["compile", "a.glif", "--standalon"], /Did you mean --standalone\?/],
  [["run", "a.glif", "Stp"], /a.glif has no experiment Stp; did you mean Step\?/],
  [["compile", "a.glif", "Nothing"], /a.glif has no experiment or neuron Nothing; there are Step, LIF/],
  [["explain", "net.glif", "Net"], /Net is a network: name an experiment or neuron; there are OfNet, LIF/],
  [["explain", "net.glif", "Jump"], /Jump is a synapse: name an experiment or neuron; there are OfNet, LIF/],
  [["run", "net.glif", "Net"], /Net is a network: name an experiment; there is OfNet/],
  [
    ["sweep", "a.glif", "--over", "I_e=5,10,15"],
    /--over "I_e=5,10,15" does not say over which values\nhelp: write for example --over "I_e over 5 nS \.\. 15 nS in 3 steps"/,
  ],
  [["sweep", "a.glif", "--over", "τ"], /write for example --over "τ over 5 ms \.\. 15 ms in 3 steps"/],
  [["sweep", "a.glif", "--over", "LIF.τ"], /--over "LIF\.τ ~ normal\(10 ms, 1 ms\) in 100 draws"/],
  [
    ["sweep", "a.glif", "--over", "τ from 5 ms to 15 ms"],
    /does not say over which values\nhelp: write for example --over "τ over /,
  ],
  [
    ["sweep", "a.glif", "--over", "τ,I_e over [5, 6] ms"],
    /each --over sweeps one quantity\nhelp: write --over "τ over \[5, 6\] ms" --over "I_e over/,
  ],
  [
    ["compare", "two.glif", "Step", "Other"],
    /Step and Other are no files\nhelp: [^]*models LIF, LIF \{ … \} as "changed"\n {2}under Step, Other/,
  ],
  [["run", "two.glif"], /two.glif has several; name the one you mean: Step, Other/],
  [["run", "a.glif", "--out", "a.glif"], /--out a.glif is a file, not a folder/],
  [["run", "a.glif", "--out", "."], /holds files that are no earlier run/],
  [
    ["explain", "units/mismatched-term"],
    /there is no diagnostic units\/mismatched-term.*\nhelp: did you mean units\/mismatched-terms or/,
  ],
  [[], /Usage: glif COMMAND/],
];

test.each(refused)("glif %j", async (words, saying) => {
  const cwd = folderWith({
    "a.glif": LIF + STEP,
    "two.glif": LIF + STEP + STEP.replace("Step", "Other"),
    "net.glif": LIF + NET,
  });
  const { code, out, err } = await glif(cwd, words);
  expect(err).toMatch(saying);
  expect(code).toBe(2);
  expect(out).toBe("");
  expect(readFileSync(`${cwd}/a.glif`, "utf8")).toBe(LIF + STEP);
});

test("nothing of a command line moves the cursor or begins a line of its own", async () => {
  const name = "a\u001b[31m\nb.glif";
  const cwd = folderWith({ [name]: LIF + STEP, "a.glif": LIF + STEP });
  const shown = "a␛[31m␊b.glif";
  expect(await glif(cwd, ["check", name])).toEqual({ code: 0, out: "", err: `${shown}: ok, 1 neuron, 1 experiment\n` });
  for (const words of [
    ["run", "a.glif", `--${name}`],
    ["run", "a.glif", "--seed", name],
    ["run", "a.glif", `--seed=${name}`],
    ["run", "a.glif", "--out", name],
    [name],
    ["run", "a.glif", name],
    ["compile", "a.glif", "-o", name],
  ]) {
    const { err } = await glif(cwd, words);
    expect([words, err.includes(shown), err.includes("\u001b"), err.includes("\nb.glif")]).toEqual([
      words,
      true,
      false,
      false,
    ]);
  }
});

test("what cannot be set or swept is told with what there is, and with where it is said instead", async () => {
  const cwd = folderWith({ "a.glif": LIF + STEP, "net.glif": LIF + NET });
  const helpOf = async (words: readonly string[]): Promise<string> => {
    const { code, err } = await glif(cwd, words);
    expect(code).toBe(1);
    return /= help: (.*)/.exec(err)?.[1] ?? err;
  };
  const set = (text: string): Promise<string> => helpOf(["run", "net.glif", "--set", text]);
  expect(await set("method=rk4")).toBe(
    "that is no quantity but a word of the experiment: write `method rk4` in its braces, in the file",
  );
  expect(await set("Net.q=1")).toBe("it has `chance`, `τ`, `Θ`, `t_ref`, `I_e`, `V`, `w`, `delay`");
  expect(await set("Net.p=1")).toBe("which neurons are connected is a rule behind the braces: `random(p: 0.1)`");
  expect(await set("E=100")).toBe(
    "`E` is a population: its size stands in the network. To set it, make it a parameter there, `param N = 100` and `population E = N LIF`, and set `N`",
  );
  expect(await helpOf(["sweep", "a.glif", "--over", "zzz over 1 nS .. 2 nS in 3 steps"])).toBe(
    "there are `τ`, `Θ`, `t_ref`, `I_e`, `V`",
  );
});

test("the name of a Greek letter is taken for what it may mean", async () => {
  const { code, err } = await glif(folderWith({ "a.glif": LIF + STEP }), ["run", "a.glif", "--set", "tau=5 ms"]);
  expect([code, err]).toEqual([1, expect.stringMatching(/names\/unknown-setting\][^]*did you mean `τ`\?/)]);
});

test("an empty name is none, whatever variable it came from", async () => {
  const cwd = folderWith({ "a.glif": LIF + STEP });
  for (const words of [
    ["compile", "a.glif", "-o", ""],
    ["import", "allen", "a.json", "-o", ""],
    ["run", "a.glif", "--out", ""],
    ["sweep", "a.glif", "--out", ""],
    ["init", ""],
  ]) {
    expect([words, await glif(cwd, words)]).toEqual([
      words,
      { code: 2, out: "", err: expect.stringMatching(/'' is invalid.*It is empty: name a file or a folder/) },
    ]);
  }
});

test("a recording and a model of any name; the command that gives the numbers again names them", async () => {
  const cwd = folderWith({ "-x.glif": LIF + STEP, 'a"b.csv': "t_ms,neuron\n12,0\n" });
  const { code, err } = await glif(cwd, [
    "sweep",
    "--over",
    "Θ over [5, 10] mV",
    "--measure",
    "coincidence",
    "--reference",
    'a"b.csv',
    "--out",
    "x",
    "--duration",
    "60 ms",
    "--step",
    "0.05 ms",
    "-q",
    "--",
    "-x.glif",
  ]);
  expect([code, err]).toEqual([0, ""]);
  expect(readFileSync(`${cwd}/x/report.md`, "utf8")).toContain(
    `glif sweep ./-x.glif Step --over 'Θ over [5, 10] mV' --measure coincidence --reference 'a"b.csv' --duration '60 ms' --step '0.05 ms'`,
  );
  const { experiments, about } = JSON.parse(readFileSync(`${cwd}/x/comparison.json`, "utf8"));
  expect([experiments[0].duration, about.command.length]).toEqual([60, 13]);
  expect((await glif(cwd, ["sweep", "./-x.glif", "--over", "Θ over [5, 10] mV", "--step", "1 mV"])).err).toContain(
    "--step:1:1",
  );
});

test("seeds from 0 to 2^53 - 1 are taken", async () => {
  const cwd = folderWith({ "a.glif": LIF + STEP });
  for (const seed of ["0", "9007199254740991"]) {
    const { code, out } = await glif(cwd, ["run", "a.glif", "--seed", seed, "--json", "--quiet", "--out", "here"]);
    expect(code).toBe(0);
    expect(JSON.parse(out).seed).toBe(Number(seed));
  }
});

test("every command has help with examples, on standard output", async () => {
  const whole = await glif(folderWith(), ["--help"]);
  expect(whole.code).toBe(0);
  expect(whole.err).toBe("");
  for (const command of ["init", "check", "compile", "run", "explain", "diff"]) {
    expect(whole.out).toContain(`\n  ${command} `);
    const { code, out, err } = await glif(folderWith(), [command, "--help"]);
    expect([code, err]).toEqual([0, ""]);
    expect(out).toMatch(new RegExp(`^Usage: glif ${command} `));
    expect(out).toMatch(new RegExp(`Examples:\\n  glif ${command}`));
  }
});

test("the version is the package's", async () => {
  const { version } = JSON.parse(readFileSync("package.json", "utf8"));
  expect(await glif(folderWith(), ["--version"])).toEqual({ code: 0, out: `${version}\n`, err: "" });
});

test("a fault of glif itself is told as one; GLIF_DEBUG shows where it was", async () => {
  const fault = new TypeError("nothing is undefined");
  const plain = await glif("/", ["check", "-"], { input: fault });
  expect([plain.code, plain.err]).toEqual([
    1,
    "error: glif itself has failed: nothing is undefined\nThis is a fault of glif, not of your model; please report it.\nGLIF_DEBUG=1 shows where it was.\n",
  ]);
  const { err } = await glif("/", ["check", "-"], { input: fault, debug: true });
  expect(err).toContain(`${fault.stack ?? ""}\n`);
  expect(err).not.toContain("GLIF_DEBUG");
});

test.each([
  [["run", "a"], /a: there is no such file\nhelp: did you mean `a\.glif`\?/],
  [["run", "a.glf"], /a\.glf: there is no such file\nhelp: did you mean `a\.glif`\?/],
  [["run", "Step", "a.glif"], /Step: there is no such file\nhelp: the file comes first: `a\.glif Step`/],
  [["run", "a.glif", "--set", "Step.duration=5 ms"], /the duration of a run is an option of its own: `--duration`/],
] as const)("glif %j says what was meant", async (words, saying) => {
  const { code, err } = await glif(folderWith({ "a.glif": LIF + STEP }), words);
  expect([code, err]).toEqual([1, expect.stringMatching(saying)]);
});

test("glif explain FAMILY lists the diagnostics of a family", async () => {
  const { code, out } = await glif(folderWith({}), ["explain", "units"]);
  expect(code).toBe(0);
  expect(out).toContain("units/mismatched-terms\n");
  expect(out).not.toContain("syntax/");
});

// glif init, check, compile and explain.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { folderWith, glif, LIF, STEP } from "./helpers.ts";

test("init writes a model that is free of mistakes and spikes, says what to type next, and overwrites nothing", async () => {
  const cwd = folderWith();
  const { code, out, err } = await glif(cwd, ["init"]);
  expect([code, out]).toEqual([0, ""]);
  expect(err).toContain("glif run first.glif");
  expect(await glif(cwd, ["check", "first.glif"])).toEqual({
    code: 0,
    out: "",
    err: "first.glif: ok, 1 neuron, 1 experiment\n",
  });
  expect(JSON.parse((await glif(cwd, ["run", "first.glif", "--json", "--quiet"])).out).counts.spikes).toBeGreaterThan(
    10,
  );
  writeFileSync(join(cwd, "first.glif"), "mine");
  const again = await glif(cwd, ["init"]);
  expect(again.code).toBe(1);
  expect(again.err).toMatch(/first.glif is there already; nothing was written/);
  expect(readFileSync(join(cwd, "first.glif"), "utf8")).toBe("mine");
  expect((await glif(cwd, ["init", "deep/er"])).code).toBe(0);
  expect(existsSync(join(cwd, "deep/er/first.glif"))).toBe(true);
});

test("check: all files, all mistakes, each once", async () => {
  const shared = "neuron Bad { state V = 0 mV; V' = 1 mV }\n";
  const cwd = folderWith({
    "bad.glif": shared,
    "a.glif": 'import Bad from "bad.glif"\nneuron A extends Bad { }\n',
    "good.glif": LIF + STEP,
  });
  const { code, out, err } = await glif(cwd, ["check", "bad.glif", "a.glif", "good.glif"]);
  expect([code, out]).toEqual([1, ""]);
  expect(err.match(/error\[/g)).toHaveLength(1);
  expect(err).toContain("good.glif: ok, 1 neuron, 1 experiment");
  expect(err).not.toContain("bad.glif: ok");
});

test("check --json", async () => {
  const cwd = folderWith({ "bad.glif": "neuron Bad { state V = 0 mV; V' = 1 mV }\n" });
  const { code, out, err } = await glif(cwd, ["check", "--json", "bad.glif", "none.glif"]);
  expect([code, err]).toEqual([1, ""]);
  const report = JSON.parse(out);
  expect(report).toMatchObject({
    ok: false,
    errors: 2,
    warnings: 0,
    files: [
      { file: "bad.glif", ok: false },
      { file: "none.glif", ok: false },
    ],
  });
  expect(report.diagnostics).toMatchObject([
    { code: "units/mismatched-sides", file: "bad.glif", line: 1, column: 35 },
    { code: "run/unreadable-file", file: "none.glif", line: 1, column: 1, message: "none.glif: there is no such file" },
  ]);
});

test("check tells what only the plan shows: a method that the equations do not admit", async () => {
  const cwd = folderWith({
    "a.glif": `${LIF.replace("(I_e - V)/τ", "(I_e - V)*V/τ/(1 mV)")}${STEP.replace("seed 7", "method exact")}`,
  });
  const { code, err } = await glif(cwd, ["check", "a.glif"]);
  expect(code).toBe(1);
  expect(err).toMatch(/error\[plan\/method-not-admitted\]/);
});

test("check counts what a file declares itself, of each kind that there is", async () => {
  const net =
    "mechanism Leak { param G = 1 nS; I_e += -G*V }\nsynapse Jump { weight w : mV; on pre { post.V <- post.V + w } }\nnetwork Two { population P = 2 LIF; connect P -> P by Jump { w = 1 mV } all }\nexperiment Net of Two { duration 5 ms }\n";
  const cwd = folderWith({
    "lif.glif": LIF,
    "net.glif": `import LIF from "lif.glif"\n${net}`,
    "lone.glif": "const k = 1\n",
  });
  expect((await glif(cwd, ["check", "net.glif"])).err).toBe(
    "net.glif: ok, 1 mechanism, 1 synapse, 1 network, 1 experiment\n",
  );
  expect(JSON.parse((await glif(cwd, ["check", "--json", "net.glif", "lif.glif"])).out).files).toEqual([
    {
      file: "net.glif",
      ok: true,
      neurons: 0,
      mechanisms: 1,
      synapses: 1,
      networks: 1,
      experiments: 1,
      comparisons: 0,
      fits: 0,
    },
    {
      file: "lif.glif",
      ok: true,
      neurons: 1,
      mechanisms: 0,
      synapses: 0,
      networks: 0,
      experiments: 0,
      comparisons: 0,
      fits: 0,
    },
  ]);
  expect((await glif(cwd, ["check", "lone.glif"])).err).toBe("lone.glif: ok, no models or experiments\n");
});

test("check plans the cases of comparisons: what fails for a variant alone is told there, once", async () => {
  const squared = LIF.replace("(I_e - V)/τ", "(I_e - V)*V/τ/(1 mV)");
  const compared =
    'comparison Methods {\n  models LIF, LIF { method exact } as "exact", LIF { method euler }\n  under Step\n}\n';
  const cwd = folderWith({ "a.glif": squared + STEP + compared, "b.glif": LIF + STEP + compared });
  const { code, err } = await glif(cwd, ["check", "a.glif"]);
  expect(code).toBe(1);
  expect(err.match(/error\[/g)).toHaveLength(1);
  expect(err).toMatch(/error\[comparison\/misfit\]: `exact` does not fit `Step`/);
  expect(await glif(cwd, ["check", "b.glif"])).toEqual({
    code: 0,
    out: "",
    err: "b.glif: ok, 1 neuron, 1 experiment, 1 comparison\n",
  });
});

test("F01: what is no source file is named and not read", async () => {
  const cwd = folderWith({ "a.glif": 'import X from "../../../../../../etc/passwd"\n', "utf16.glif": "" });
  writeFileSync(join(cwd, "utf16.glif"), Buffer.from("neuron A { }", "utf16le"));
  const outside = await glif(cwd, ["check", "a.glif"]);
  expect(outside.code).toBe(1);
  expect(outside.err).toMatch(/names\/import-failed[^]*outside the project/);
  expect(outside.err).not.toContain("root:");
  for (const [file, saying] of [
    ["/dev/zero", "it is not a regular file"],
    ["utf16.glif", "it is UTF-16 (little-endian); save it as UTF-8"],
    [".", "it is a folder, not a file"],
  ] as const) {
    const { code, err } = await glif(cwd, ["check", file]);
    expect([code, err]).toEqual([1, `error[run/unreadable-file]: ${file}: ${saying}\n`]);
  }
});

test("compile writes formatted TypeScript to standard output", { timeout: 60_000 }, async () => {
  const cwd = folderWith({ "lif.glif": LIF + STEP });
  const { code, out, err } = await glif(cwd, ["compile", "lif.glif"]);
  expect([code, err]).toEqual([0, ""]);
  expect(out).toMatch(/from "glif\/runtime"/);
  expect(out).toMatch(/export function create/);
  expect(out).toContain("V' = (I_e - V)/τ");
});

test(
  "compile --set: the module has the settings for its own, its header says which; a neuron by itself has none",
  { timeout: 60_000 },
  async () => {
    const cwd = folderWith({ "a.glif": LIF + STEP });
    const { code, out } = await glif(cwd, ["compile", "a.glif", "Step", "--js", "--set", "V=3 mV", "--set", "τ=20 ms"]);
    expect(code).toBe(0);
    expect(out).toContain('Compiled with --set "V=3 mV" --set "τ=20 ms".');
    expect(out).toMatch(/V_at\[i\] = 3;/);
    expect(out).toMatch(/ \?\? 20;/);
    const alone = await glif(cwd, ["compile", "a.glif", "LIF", "--js", "--set", "V=3 mV"]);
    expect([alone.code, alone.out, alone.err]).toEqual([
      2,
      "",
      expect.stringContaining(
        "settings are those of an experiment, and LIF is a neuron by itself: change it in its file, or write an experiment of it",
      ),
    ]);
  },
);

test("compile -o: a file, a folder, standalone, JavaScript; never the source", { timeout: 60_000 }, async () => {
  const cwd = folderWith({ "lif.glif": LIF + STEP + STEP.replace("Step", "Other") });
  expect((await glif(cwd, ["compile", "lif.glif", "Step", "--standalone", "-o", "step.ts"])).code).toBe(0);
  expect(readFileSync(join(cwd, "step.ts"), "utf8")).not.toMatch(/^import/m);
  expect((await glif(cwd, ["compile", "lif.glif", "--js", "-o", "build/"])).code).toBe(0);
  expect(readdirSync(join(cwd, "build")).sort()).toEqual(["Other.js", "Step.js"]);
  expect(readFileSync(join(cwd, "build/Step.js"), "utf8")).not.toMatch(/interface|: number/);
  const own = await glif(cwd, ["compile", "lif.glif", "Step", "-o", "lif.glif"]);
  expect([own.code, own.err]).toEqual([2, "error: lif.glif is a source of the model; it was not overwritten\n"]);
  expect(readFileSync(join(cwd, "lif.glif"), "utf8")).toContain("neuron LIF");
  const several = await glif(cwd, ["compile", "lif.glif"]);
  expect(several.code).toBe(2);
  expect(several.err).toMatch(/name the one you mean: Step, Other/);
});

test.skipIf(!existsSync("/dev/full"))("compile -o: a full disk is named", { timeout: 60_000 }, async () => {
  const cwd = folderWith({ "lif.glif": LIF + STEP });
  expect(await glif(cwd, ["compile", "lif.glif", "--js", "-o", "/dev/full"])).toEqual({
    code: 1,
    out: "",
    err: "error: cannot write /dev/full: the disk is full\n",
  });
});

test("J03: names of Windows devices become names of files", { timeout: 60_000 }, async () => {
  const cwd = folderWith({ "lif.glif": LIF + STEP.replace("Step", "CON") });
  mkdirSync(join(cwd, "build"));
  expect((await glif(cwd, ["compile", "lif.glif", "--js", "-o", "build"])).code).toBe(0);
  expect(readdirSync(join(cwd, "build"))).toEqual(["CON_.js"]);
  expect((await glif(cwd, ["run", "lif.glif", "--quiet"])).code).toBe(0);
  expect(readdirSync(join(cwd, "out"))).toEqual(["CON_-1"]);
});

test("explain FILE: methods with reasons, refractory steps, what is drawn, where state lives", async () => {
  const cwd = folderWith({
    "net.glif": `${LIF.replace("(I_e - V)/τ", "(I_e - V)/τ + 1 mV/sqrt(ms)*ξ")}network N { population P = 1000 LIF { Θ ~ normal(10 mV, 1 mV, min: 5 mV) } }\nexperiment E of N { duration 1 s; step 0.1 ms; record spikes; record P[0..9].V }\n`,
  });
  const { code, out, err } = await glif(cwd, ["explain", "net.glif"]);
  expect([code, err]).toEqual([0, ""]);
  expect(out).toMatch(/^E of N: 1 s in 10,000 steps of 0.1 ms, spikes on the grid, seed drawn for each run\n/);
  expect(out).toContain("P: 1,000 neurons of LIF\n");
  expect(out).toMatch(/ {2}V: exact propagator\n {4}V' = .*\n {4}why: V is linear/);
  expect(out).toContain("refractory for 20 steps (2 ms); V is held");
  expect(out).toContain("Θ ~ normal(10, 1, min: 5)");
  expect(out).toContain("drawn for each neuron and step: ξ of V\n");
  expect(out).toMatch(/one value for each neuron: V, Θ, \d+ kB in all/);
  // 10 variables at 10,001 times, 19 characters each and 8 for the times.
  expect(out).toContain("Recordings take 1.98 MB.");
});

test("explain tells what a connection sets, not the synapse's defaults, in the modeller's own names", async () => {
  const cwd = folderWith({
    "net.glif": `${LIF}synapse S { param τ = 5 ms, U = 0.5, A = 1 mV/ms; weight w : 1; state y : 1 = 0, g : mV/ms = 0; g' = -g/τ; y' = (pre.V/(1 mV) - y)/τ; on pre { g <- g + w*U*A*y }; post.I_e += g*(1 ms) }
network N {
  param k = 2
  population P = 10 LIF
  connect P -> P by S as exc { τ = k*(2 ms), U = 0.1, w = 0.5*(1 + i), A = 2 mV/ms*(1 + 0.1*pre.Θ/(1 mV)), delay = 0.1 ms*(1 + i) } where abs(i - j) < 3
  connect P -> P by S as inh { w = -1 } random(p: 0.1)
}
experiment E of N { duration 10 ms; inh.τ = 8 ms; P.τ = 12 ms }
`,
  });
  const { code, out } = await glif(cwd, ["explain", "net.glif"]);
  expect(code).toBe(0);
  expect(out).toContain("the same for all connections: exc.τ = k*(2 ms), exc.U = 0.1\n");
  expect(out).toContain("the same for all connections: inh.τ = 8 ms, inh.U = 0.5, inh.A = 1 mV/ms, inh.w = -1\n");
  expect(out).toContain("all where abs(i - j) < 3, delay = 0.1*(1 + i), in ms: rows sorted by delay");
  expect(out).toContain("A = 2*(1 + 0.1*pre.Θ), in mV/ms");
  expect(out).not.toMatch(/[#@]/);
  const { out: text } = await glif(cwd, ["compile", "net.glif", "E"]);
  expect(text).toContain("12 ms unless given");
});

test("explain CODE", async () => {
  const { code, out, err } = await glif(folderWith(), ["explain", "units/mismatched-terms"]);
  expect([code, err]).toEqual([0, ""]);
  expect(out).toMatch(/^error\[units\/mismatched-terms\]\n\nOnly quantities of one kind can be added/);
  expect(out.split("\n").every((line) => line.length <= 88)).toBe(true);
});

// glif compare and glif sweep: what they write, say and refuse.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { comparisonProblem } from "../../src/simulate/memoryNeeded.ts";
import { folderWith, glif, LIF, STEP } from "./helpers.ts";

const SLOW = { timeout: 120_000 };
const NOISY = `${LIF}neuron Noisy extends LIF { V' = (I_e - V)/τ + 1 mV/sqrt(ms)*ξ }\n${STEP}`;
const COMPARED = `${NOISY}comparison Both { models LIF, Noisy, LIF { Θ = 8 mV } as "low"; under Step; measure rate, latency, van_rossum(tau: 5 ms); seeds 3 }\n`;

/** Names and bytes of all files below a folder. */
function contents(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.\w+$/.test(name))
    .sort();
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), "utf8")]));
}

test("compare writes the report, the numbers and the figures, and tells the answer", SLOW, async () => {
  const cwd = folderWith({ "a.glif": COMPARED });
  const { code, out, err } = await glif(cwd, ["compare", "a.glif"]);
  expect([code, out]).toEqual([0, ""]);
  expect(err).toMatch(/Both: 3 variants under Step/);
  expect(err).toMatch(/report.html, report.md, comparison.json, measures.csv, figures in out\/Both-1\n/);
  const files = contents(join(cwd, "out/Both-1"));
  expect(Object.keys(files)).toEqual(
    expect.arrayContaining(["comparison.json", "measures.csv", "report.html", "report.md"]),
  );
  expect(Object.keys(files).some((name) => /^figures\/overlay.*\.svg$/.test(name))).toBe(true);
  const result = JSON.parse(files["comparison.json"] ?? "");
  expect(result).toMatchObject({
    format: "glif-comparison 1",
    name: "Both",
    source: "a.glif",
    complete: true,
    baseline: 0,
    about: { seeds: [7, 8, 9] },
  });
  expect(result.cells.find((c: any) => c.variant === 1 && c.measure === 0).values).toHaveLength(3);
  // The figures that the Markdown speaks of are there.
  for (const [, name = ""] of (files["report.md"] ?? "").matchAll(/\]\((figures\/[^)]+)\)/g))
    expect(Object.keys(files)).toContain(name);
});

test("the same command gives the same bytes, also when it is stopped in between and goes on", SLOW, async () => {
  const cwd = folderWith({ "a.glif": COMPARED.replace("duration 100 ms", "duration 20 s") });
  expect((await glif(cwd, ["compare", "a.glif", "--out", "whole", "-q"])).code).toBe(0);
  expect((await glif(cwd, ["compare", "a.glif", "Both", "--out", "again", "--workers", "3", "-q"])).code).toBe(0);
  expect(contents(join(cwd, "again"))).toEqual(contents(join(cwd, "whole")));

  const stopped = await glif(cwd, ["compare", "a.glif", "--out", "stopped", "--workers", "1", "-q"], {
    interrupting: (stop) => setTimeout(() => stop(130), 60),
  });
  expect(stopped.code).toBe(130);
  expect(stopped.err).toMatch(
    /error: interrupted; \d+ runs? of 10 are in stopped\nhelp: the same command with the same --out goes on from there\n/,
  );
  expect(existsSync(join(cwd, "stopped/jobs.jsonl"))).toBe(true);
  expect(JSON.parse(readFileSync(join(cwd, "stopped/comparison.json"), "utf8")).complete).toBe(false);
  const other = await glif(cwd, ["compare", "a.glif", "--out", "stopped", "--seeds", "2"]);
  expect([other.code, other.err]).toEqual([
    2,
    expect.stringMatching(/--out stopped holds an unfinished comparison of something else[^]*help: end that one/),
  ]);
  expect((await glif(cwd, ["compare", "a.glif", "--out", "stopped", "-q"])).code).toBe(0);
  expect(contents(join(cwd, "stopped"))).toEqual(contents(join(cwd, "whole")));
});

test(
  "a folder of something else is left alone; an earlier comparison's is written anew, without what it does not write now",
  SLOW,
  async () => {
    const cwd = folderWith({ "a.glif": COMPARED });
    mkdirSync(join(cwd, "mine"));
    writeFileSync(join(cwd, "mine/report.html"), "mine");
    const refused = await glif(cwd, ["compare", "a.glif", "--out", "mine"]);
    expect([refused.code, refused.err]).toEqual([
      2,
      "error: --out mine holds files that are no earlier comparison of glif; nothing was overwritten. Name a new or empty folder\n",
    ]);
    expect(readFileSync(join(cwd, "mine/report.html"), "utf8")).toBe("mine");
    expect((await glif(cwd, ["compare", "a.glif", "--out", "x", "-q"])).code).toBe(0);
    expect(
      (await glif(cwd, ["compare", "a.glif", "--out", "x", "-q", "--format", "csv", "--no-step-check"])).code,
    ).toBe(0);
    expect(Object.keys(contents(join(cwd, "x")))).toEqual(["comparison.json", "measures.csv"]);
    expect(JSON.parse(readFileSync(join(cwd, "x/comparison.json"), "utf8")).cells[0].stepEffect).toBeNull();
  },
);

test("--json prints the result; --seeds, --seed and --set take effect", SLOW, async () => {
  const cwd = folderWith({ "a.glif": COMPARED });
  const { code, out, err } = await glif(cwd, [
    "compare",
    "a.glif",
    "--json",
    "-q",
    "--seeds",
    "2",
    "--seed",
    "40",
    "--set",
    "Θ=5 mV",
  ]);
  expect([code, err]).toEqual([0, ""]);
  const { complete, comparison, files } = JSON.parse(out);
  expect([complete, comparison.about.seeds, files[0]]).toEqual([true, [40, 41], "out/Both-1/report.html"]);
  const rates = comparison.cells.filter((c: any) => c.measure === 0).map((c: any) => c.mean);
  expect(rates[0]).toBeGreaterThan(rates[2]);
});

test("what --set says in vain is told: a variant's braces come after it, and a sweep after both", SLOW, async () => {
  const cwd = folderWith({ "a.glif": COMPARED.replace("seeds 3", "seeds 1") });
  const { code, err } = await glif(cwd, ["compare", "a.glif", "--set", "Θ=5 mV", "--out", "o"]);
  expect([code, err]).toEqual([
    0,
    expect.stringMatching(
      /warning\[comparison\/set-in-vain\]: `Θ=5 mV` has no effect on `low`, which says it anew\n[^]*--set:1:1\n[^]*a\.glif:\d+:\d+\n[^]*this comes later/,
    ),
  ]);
  expect((await glif(cwd, ["compare", "a.glif", "--set", "τ=9 ms", "--out", "p"])).err).not.toMatch(/in-vain/);
  // A variant's own value of what is swept is told by the name that it has in the text.
  const swept = folderWith({ "a.glif": COMPARED.replace("seeds 3", "seeds 1; sweep Θ over [9, 10] mV") });
  expect((await glif(swept, ["compare", "a.glif", "--out", "o"])).err).toMatch(/low = LIF with Θ 10 → 8 mV/);
  expect(
    (await glif(cwd, ["sweep", "a.glif", "Step", "--over", "Θ over [5, 6] mV", "--set", "Θ=7 mV", "--out", "q"])).err,
  ).toMatch(/`Θ=7 mV` counts outside the sweep alone/);
});

test("a draw that never comes between its bounds is told with its quantity, owner and unit", SLOW, async () => {
  const cwd = folderWith({
    "a.glif": `${LIF}network N { population P = 2 LIF { V ~ normal(0 mV, 1 mV, min: 100 mV) } }\nexperiment E of N { duration 10 ms }\ncomparison C { models N; under E; measure rate(of: P) }\n`,
  });
  const { code, err } = await glif(cwd, ["compare", "a.glif", "--out", "o", "-q"]);
  expect([code, err]).toEqual([
    1,
    expect.stringMatching(/no run came to its end: `V` of `P`: none of 100000 draws lay at 100 mV or above/),
  ]);
});

test("a comparison of which no run came to its end has failed: exit 1", SLOW, async () => {
  const cwd = folderWith({
    "a.glif": `neuron A { state x = 1; x' = x^2*1e9/(1 ms) }\nexperiment E of A { duration 10 ms; method euler; record x }\ncomparison C { models A; under E; measure trace_mean(x) }\n`,
  });
  const { code, err } = await glif(cwd, ["compare", "a.glif", "--out", "o", "-q"]);
  expect([code, err]).toEqual([1, expect.stringMatching(/error: no run came to its end/)]);
  expect(JSON.parse(readFileSync(join(cwd, "o/comparison.json"), "utf8")).complete).toBe(false);
});

test(
  "two files without a comparison: experiments of the same name are held against each other, and it says so",
  SLOW,
  async () => {
    const cwd = folderWith({
      "one.glif": LIF + STEP,
      "two.glif": (LIF + STEP).replace("Θ = 10 mV", "Θ = 5 mV"),
      "none.glif": LIF,
    });
    const { code, err } = await glif(cwd, [
      "compare",
      "one.glif",
      "two.glif",
      "--measure",
      "rate, van_rossum(tau: 5 ms)",
    ]);
    expect(code).toBe(0);
    expect(err).toMatch(/compared under Step, which all files have/);
    const result = JSON.parse(
      readFileSync(join(cwd, "out", readdirSync(join(cwd, "out"))[0] ?? "", "comparison.json"), "utf8"),
    );
    expect(result.variants.map((v: any) => v.label)).toEqual(["LIF (one.glif)", "LIF (two.glif)"]);
    expect(result.measures.map((m: any) => m.key)).toEqual(["rate", "van_rossum(tau: 5 ms)"]);
    expect(result.contrasts[0].verdict).toBe("model");
    expect(result.notes).toContain("compared under Step, which all files have");
    const nothing = await glif(cwd, ["compare", "one.glif", "none.glif"]);
    expect([nothing.code, nothing.err]).toEqual([2, expect.stringContaining("none.glif has no experiment")]);
  },
);

test("sweep: a point for each value, a grid for several sweeps", SLOW, async () => {
  const cwd = folderWith({ "a.glif": LIF + STEP });
  const { code, err } = await glif(cwd, [
    "sweep",
    "a.glif",
    "--over",
    "Θ over 5 mV .. 15 mV in 3 steps",
    "--over",
    "τ over [5, 10] ms",
    "--measure",
    "rate,latency",
    "--out",
    "x",
  ]);
  expect([code, err.includes("outside the sweep Θ is as the model has it, 10 mV\n")]).toEqual([0, true]);
  const { sweep } = JSON.parse(readFileSync(join(cwd, "x/comparison.json"), "utf8"));
  expect(sweep.axes.map((a: any) => a.values)).toEqual([
    [5, 10, 15],
    [5, 10],
  ]);
  expect(sweep.points.map((p: any) => p.at)).toEqual([
    [0, 0],
    [0, 1],
    [1, 0],
    [1, 1],
    [2, 0],
    [2, 1],
  ]);
  const rates = sweep.points.map((p: any) => p.means[0]);
  expect(rates[0]).toBeGreaterThan(rates[2]);
  expect(readFileSync(join(cwd, "x/sweep.csv"), "utf8").split("\n").length).toBeGreaterThan(6);
});

test("a sweep's rheobase and f-I curve are told in the terminal, alone and together", SLOW, async () => {
  const cwd = folderWith({ "a.glif": LIF + STEP });
  const told = async (measures: string): Promise<string> =>
    (
      await glif(cwd, [
        "sweep",
        "a.glif",
        "--over",
        "I_e over 5 mV .. 20 mV in 4 steps",
        "--measure",
        measures,
        "--no-step-check",
        "--workers",
        "1",
        "--format",
        "csv",
      ])
    ).err;
  const both = await told("f_I,rheobase");
  expect(both).toMatch(/f-I curve goes from 0 Hz \(I_e = 5 mV\) to \d+ Hz \(I_e = 20 mV\)\./);
  expect(both).toMatch(/rheobase is 12\.5 mV\./);
  expect(await told("rheobase")).toMatch(/rheobase is 12\.5 mV\./);
});

test("what is missing or wrong is told, and nothing is made", async () => {
  const cwd = folderWith({ "a.glif": LIF + STEP, "b.glif": COMPARED });
  const none = await glif(cwd, ["compare", "a.glif"]);
  expect([none.code, none.err]).toEqual([2, expect.stringMatching(/a.glif has no comparison[^]*comparison First \{/)]);
  expect((await glif(cwd, ["compare", "b.glif", "Bohth"])).err).toMatch(/no comparison Bohth; did you mean Both\?/);
  expect((await glif(cwd, ["sweep", "a.glif"])).err).toMatch(/there is nothing to sweep/);
  expect((await glif(cwd, ["sweep", "a.glif", "--over", "Θ over 5 pA .. 15 pA in 3 steps"])).err).toMatch(
    /error\[[^]*--over:1/,
  );
  expect((await glif(cwd, ["sweep", "a.glif", "--over", "Θ over [5] mV", "--measure", "rat"])).err).toMatch(
    /error\[[^]*rate/,
  );
  expect(await glif(cwd, ["compare", "b.glif", "--format", "pdf"])).toMatchObject({
    code: 2,
    err: expect.stringContaining("There is no format pdf"),
  });
  expect((await glif(cwd, ["compare", "b.glif", "--workers", "0"])).code).toBe(2);
  expect(existsSync(join(cwd, "out"))).toBe(false);
});

test("a recording: every variant's distance to it, and who comes nearest", SLOW, async () => {
  const cwd = folderWith({
    "cell.csv": "t (ms)\n17.1\n26.1\n35.1\n44.1\n53.1\n62.1\n71.1\n80.1\n",
    "a.glif": `${LIF}${STEP}comparison Cell { models LIF, LIF { Θ = 5 mV } as "low"; under Step; measure coincidence, victor_purpura; reference recording("cell.csv") }\n`,
  });
  const { code, err } = await glif(cwd, ["compare", "a.glif", "--out", "x"]);
  expect([code, err.includes("error")]).toEqual([0, false]);
  const { recording, contrasts } = JSON.parse(readFileSync(join(cwd, "x/comparison.json"), "utf8"));
  expect(recording).toMatchObject({
    path: "cell.csv",
    content: "8 spikes, 100 ms",
    sentence: "LIF is nearest by both measures.",
  });
  expect(recording.ranking.map((r: any) => r.variants)).toEqual([
    [0, 1],
    [0, 1],
  ]);
  expect(contrasts).toHaveLength(2);
});

test(
  "a sweep is held against a recording: which point is nearest, and the command that gives it again",
  SLOW,
  async () => {
    const spikes = "t (ms)\n12\n24\n36\n48\n60\n72\n84\n96\n";
    const cwd = folderWith({ "cell.csv": spikes });
    mkdirSync(join(cwd, "models"));
    writeFileSync(join(cwd, "models/a.glif"), LIF + STEP);
    const words = [
      "sweep",
      "models/a.glif",
      "--over",
      "I_e over [12, 15, 20] mV",
      "--measure",
      "rate,coincidence",
      "--reference",
      "cell.csv",
    ];
    const { code, err } = await glif(cwd, [...words, "--out", "x"]);
    expect(code, err).toBe(0);
    const result = JSON.parse(readFileSync(join(cwd, "x/comparison.json"), "utf8"));
    const values: number[] = result.sweep.points.map((p: any) => p.means[1]);
    const best = Math.max(...values);
    expect(values.filter((v) => v === best)).toHaveLength(1);
    expect(err.replace(/\n +/g, " ")).toContain(
      `By coincidence I_e = ${[12, 15, 20][values.indexOf(best)]} mV comes nearest`,
    );
    expect(result.about.command).toEqual([
      "sweep",
      "models/a.glif",
      "Step",
      "--over",
      "I_e over [12, 15, 20] mV",
      "--measure",
      "rate",
      "--measure",
      "coincidence",
      "--reference",
      "cell.csv",
    ]);
    expect((await glif(cwd, [...result.about.command, "--out", "y", "-q"])).code).toBe(0);
    expect(contents(join(cwd, "y"))).toEqual(contents(join(cwd, "x")));
    const alone = await glif(cwd, words.slice(0, -2));
    expect([alone.code, alone.err]).toEqual([1, expect.stringContaining("--reference cell.csv")]);
  },
);

test(
  "what a run has written is at no distance from the same run, in its two files; two measures short of a column are told",
  SLOW,
  async () => {
    const files = (measures: string): string =>
      `${LIF}${STEP}comparison Same { models LIF; under Step; measure ${measures}; reference recording("r/traces.csv", "r/spikes.csv") }\n`;
    const cwd = folderWith({
      "a.glif": files("van_rossum, coincidence, subthreshold_rmse(V)"),
      "b.glif": files("trace_rmse(V)"),
      "r.csv": "t (ms),V (pA)\n0,1\n",
      "lif.glif": LIF + STEP,
    });
    expect((await glif(cwd, ["run", "lif.glif", "Step", "--out", "r", "-q"])).code).toBe(0);
    const { code, err } = await glif(cwd, ["compare", "a.glif", "--out", "x"]);
    expect([code, err]).toEqual([0, expect.not.stringContaining("note:")]);
    const { cells, recording } = JSON.parse(readFileSync(join(cwd, "x/comparison.json"), "utf8"));
    expect(cells.map((c: any) => c.mean)).toEqual([0, 1, 0]);
    expect([recording.path, recording.sentence]).toEqual(["r/traces.csv, r/spikes.csv", ""]);
    writeFileSync(join(cwd, "r/traces.csv"), "t (ms),U (mV)\n0,1\n1,1\n");
    for (const command of ["compare", "check"])
      expect(await glif(cwd, [command, "b.glif"]), command).toMatchObject({
        code: 1,
        err: expect.stringMatching(
          /recording\/no-such-column\][^]*the recording r\/traces.csv, r\/spikes.csv has no `V`[^]*trace_rmse\(V\)[^]*it has `U \(mV\)`/,
        ),
      });
    const other = await glif(cwd, [
      "sweep",
      "b.glif",
      "--over",
      "Θ over [5] mV",
      "--measure",
      "trace_rmse(V)",
      "--reference",
      "r.csv",
    ]);
    expect(other).toMatchObject({
      code: 1,
      err: expect.stringMatching(
        /recording\/other-quantity\][^]*`V` is a current \(pA\) in the recording and a voltage \(mV\) in the model/,
      ),
    });
  },
);

test("check tells what is wrong with a recording, and where", SLOW, async () => {
  const cwd = folderWith({
    "a.glif": `${LIF}${STEP}comparison Both { models LIF; under Step; reference recording("bad.csv"); measure coincidence }\n`,
    "bad.csv": "t (ms)\n1\nx\n",
  });
  const { code, err } = await glif(cwd, ["check", "a.glif"]);
  expect([code, err]).toEqual([1, expect.stringMatching(/error\[recording\/not-a-number\][^]*bad\.csv:3:1/)]);
});

test(
  "what cannot be held in memory is refused before anything runs: the samples of one run, the results of a million",
  SLOW,
  async () => {
    const cwd = folderWith({ "a.glif": `${LIF}\nexperiment Long of LIF { duration 100000000 s; step 1 ms }` });
    const long = await glif(cwd, [
      "sweep",
      "a.glif",
      "Long",
      "--over",
      "Θ over [5, 6] mV",
      "--measure",
      "trace_mean(V)",
      "--out",
      "x",
    ]);
    expect([long.code, long.err]).toEqual([
      1,
      expect.stringMatching(
        /^error: one run holds the 100,000,000,001 samples that its measures read, which need 4 TB of memory, and there are .*: measure fewer neurons, a shorter experiment, or a longer step\n$/,
      ),
    ]);
    const heap = comparisonProblem([], 1_000_000, 6, 1e15, 2e9);
    expect(heap).toMatch(
      /^the results of 1,000,000 runs with 6 measures need about 2.1 GB of JavaScript's heap, and it may have 2 GB: take fewer points/,
    );
    expect(comparisonProblem([], 1_000_000, 1, 1e15, 2e9)).toBe(null);
    expect(existsSync(join(cwd, "x"))).toBe(false);
  },
);

test("of a sweep that is interrupted those points are written that ran", SLOW, async () => {
  const cwd = folderWith({ "a.glif": `${LIF}\nexperiment Short of LIF { duration 2 ms; step 1 ms }` });
  const words = [
    "sweep",
    "a.glif",
    "Short",
    "--over",
    "Θ over 5 mV .. 15 mV in 100000 steps",
    "--measure",
    "rate",
    "--out",
    "x",
  ];
  const { code, err } = await glif(cwd, words, { interrupting: (stop) => void setTimeout(() => stop(130), 20) });
  expect([code, err]).toEqual([130, expect.stringMatching(/interrupted; [\d,]+ runs of 10000\d are in x\n/)]);
  const { complete, sweep } = JSON.parse(readFileSync(join(cwd, "x/comparison.json"), "utf8"));
  expect([complete, sweep.points.length < 100_000, sweep.points.every((p: any) => p.means[0] !== null)]).toEqual([
    false,
    true,
    true,
  ]);
  expect(readFileSync(join(cwd, "x/sweep.csv"), "utf8").split("\n").length).toBe(sweep.points.length + 2);
});

test(
  "the command of the nearest point gives that run to the last bit, whatever digits its values have",
  SLOW,
  async () => {
    const cwd = folderWith({ "a.glif": LIF.replace("τ = 10 ms", "τ = 0.01 s") + STEP });
    const draws = ["--over", "Θ ~ uniform(8 mV, 9 mV) in 7 draws", "--over", "τ ~ uniform(0.012 s, 0.02 s) in 7 draws"];
    const run = ["a.glif", "Step", "--duration", "90 ms", "--step", "0.05 ms", "--set", "I_e=15 mV", "--seed", "11"];
    expect((await glif(cwd, ["sweep", ...run, ...draws, "--set", "Θ=9 mV", "--out", "x", "-q"])).code).toBe(0);
    const { axes } = JSON.parse(readFileSync(join(cwd, "x/comparison.json"), "utf8")).sweep;
    expect(axes.map((a: any) => a.unit)).toEqual(["mV", "s"]);
    // One of the draws is what was recorded.
    const drawn = axes.map((a: any): string => `${a.name}=${a.values[4]} ${a.unit}`);
    expect((await glif(cwd, ["run", ...run, "--set", drawn[0], "--set", drawn[1], "--out", "r", "-q"])).code).toBe(0);
    const { code, err } = await glif(cwd, [
      "sweep",
      ...run,
      ...draws,
      "--set",
      "Θ=9 mV",
      "--measure",
      "van_rossum,coincidence,trace_rmse(V)",
      "--reference",
      "r/spikes.csv",
      "--reference",
      "r/traces.csv",
      "--out",
      "y",
    ]);
    expect(code, err).toBe(0);
    const { recording, sweep } = JSON.parse(readFileSync(join(cwd, "y/comparison.json"), "utf8"));
    expect(sweep.points[4].means).toEqual([0, 1, 0]);
    expect(recording.nearest).toMatchObject([{ at: [4], measures: [0, 1, 2] }]);
    const [{ command }] = recording.nearest;
    expect(command.slice(0, 7)).toEqual(["run", "a.glif", "Step", "--duration", "90 ms", "--step", "0.05 ms"]);
    expect([command.includes("Θ=9 mV"), command.includes("I_e=15 mV"), command.slice(-2)]).toEqual([
      false,
      true,
      ["--seed", "11"],
    ]);
    expect((await glif(cwd, [...command, "--out", "again", "-q"])).code).toBe(0);
    for (const name of ["spikes.csv", "traces.csv"])
      expect(readFileSync(join(cwd, "again", name), "utf8"), name).toBe(readFileSync(join(cwd, "r", name), "utf8"));
    const report = readFileSync(join(cwd, "y/report.md"), "utf8");
    expect(report).toContain(
      `glif run a.glif Step --duration '90 ms' --step '0.05 ms' --set 'I_e=15 mV' --set '${command[command.indexOf("I_e=15 mV") + 2]}'`,
    );
    expect(err.replace(/\n +/g, " ")).toContain("is run by: glif run a.glif Step --duration");
    // The recorded point comes first, and is named as the nearest.
    expect(
      readFileSync(join(cwd, "y/figures/raster-Step.svg"), "utf8").indexOf("nearest the recording"),
    ).toBeGreaterThan(0);
  },
);

test(
  "a recording of spikes is held against the usual measures and two of nearness; points that are as near are counted",
  SLOW,
  async () => {
    const cwd = folderWith({ "a.glif": LIF + STEP, "cell.csv": "t (ms)\n12\n24\n36\n48\n60\n72\n84\n96\n" });
    const { code, err } = await glif(cwd, [
      "sweep",
      "a.glif",
      "--over",
      "I_e over [8, 14, 14, 20] mV",
      "--reference",
      "cell.csv",
      "--out",
      "x",
    ]);
    expect(code, err).toBe(0);
    const { measures, recording } = JSON.parse(readFileSync(join(cwd, "x/comparison.json"), "utf8"));
    expect(measures.map((m: any) => m.key)).toEqual([
      "coincidence",
      "van_rossum",
      "rate",
      "latency",
      "cv_isi",
      "adaptation",
    ]);
    expect(recording.sentence).toMatch(/By van_rossum I_e = 14 mV and 1 other point come nearest \(/);
    expect(recording.nearest.map((n: any) => n.at)).toContainEqual([1]);
    const report = readFileSync(join(cwd, "x/report.html"), "utf8");
    const against = report.slice(report.indexOf('<section id="recording">'), report.indexOf('<section id="notes">'));
    expect(against).toMatch(
      /<ol class="ranking"><li>I_e = 14 mV <span class="soft">[^<]*<\/span><\/li><li>I_e = 14 mV/,
    );
    expect(against).not.toMatch(/>Variant<|>Experiment</);
    expect(report).not.toMatch(/>Variant<|one variant alone|id="models"|id="differences"/);
  },
);

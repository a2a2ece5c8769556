// Recordings as references: which spikes they have, what is not known of them, in which window they are compared.
import { expect, test } from "vitest";
import { sourceText } from "../../src/base/source.ts";
import { recordingRuns } from "../../src/compare/recordingData.ts";
import { readRecording, readRecordings } from "../../src/recording/parse.ts";
import { cell, NEURONS, outcomesOf, readyFrom, resultOf } from "./helpers.ts";

test("spikes are where each recorded voltage rises through 0 mV, neuron by neuron, and that is told", () => {
  const text = "t_ms,E[0].V (mV),E[1].V (mV)\n0,-60,-60\n1,20,-60\n2,-60,-60\n3,-60,60\n";
  const { recording } = readRecording(sourceText("cell.csv", text));
  if (recording === null) throw new Error("not read");
  const { runs, notes } = recordingRuns(recording, null, 10);
  // By linear interpolation: 0.75 of the way from -60 to 20, half of that from -60 to 60.
  expect(runs.map((run) => run.populations.map((p) => [p.name, p.size, [...p.times], [...p.neurons]]))).toEqual([
    [["E", 2, [0.75, 2.5], [0, 1]]],
  ]);
  expect(notes).toEqual(["the recording has no list of spikes: they are where V rises through 0 mV"]);
});

test("a voltage that never comes so far does not tell its spikes: what is measured of them is undefined, and why is told", async () => {
  const trace = "t_ms,V (mV)\n0,0\n20,5\n40,8\n100,9\n";
  const why = "the spikes of the recording are not known: V never rises through 0 mV, and there is no list of spikes";
  const { result, notes } = await against(
    trace.replace("0,0\n", "0,-1\n").replaceAll(/,(5|8|9)\n/g, ",-$1\n"),
    "rate, van_rossum, explained_variance, trace_rmse(V)",
  );
  expect(notes).toEqual([`${why}; what is measured away from spikes leaves out those of the models alone`]);
  for (const key of ["van_rossum", "explained_variance"])
    expect(cell(result, "LIF", key)).toMatchObject({ mean: null, undefinedBecause: why });
  expect([cell(result, "LIF", "rate").mean, cell(result, "LIF", "trace_rmse(V)").mean]).toEqual([
    140,
    expect.any(Number),
  ]);
  expect((await against("t (ms),I_e (pA)\n0,20\n100,20\n", "van_rossum")).notes[0]).toMatch(
    /no spikes, and no voltage to find them in/,
  );
});

/** The model spikes at 7, 14, …, 98 ms. */
const EVERY_7 = Array.from({ length: 14 }, (_, k) => 7 * (k + 1));

test("a trace that begins late is held against the run from there on", async () => {
  // Through 0 mV upwards at each of the model's spikes from 56 ms on.
  const rows = Array.from({ length: 51 }, (_, k) => 50 + k).map((t) => `${t},${EVERY_7.includes(t) ? 0 : -1}`);
  const { result, content } = await against(
    `t (ms),U (mV)\n${rows.join("\n")}\n`,
    "van_rossum, victor_purpura, coincidence, explained_variance",
  );
  expect(content).toBe("7 spikes and 1 trace (U), from 50 ms to 100 ms");
  expect(
    ["van_rossum", "victor_purpura", "coincidence", "explained_variance"].map((key) => cell(result, "LIF", key).mean),
  ).toEqual([0, 0, 1, 1]);
});

test("where recording and run share no time there is no distance, however silent both are", async () => {
  const { result } = await against("t (ms),U (mV)\n1000,-1\n1001,1\n1100,1\n", "van_rossum, coincidence");
  expect(cell(result, "LIF", "van_rossum")).toMatchObject({
    mean: null,
    undefinedBecause: "the reference is of 1000 to 1100 ms, the run of 0 to 100 ms",
  });
});

test("of a recording with repeats, distances are means over all of them", async () => {
  const list = (...repeats: readonly (readonly number[])[]): string =>
    `t (ms),repeat\n${repeats.flatMap((times, r) => times.map((t) => `${t},${r}\n`)).join("")}`;
  const [whole, half] = [EVERY_7, EVERY_7.filter((_, k) => k % 2 === 0)];
  const keys = ["van_rossum", "victor_purpura", "isi_distance"];
  const values = async (...repeats: readonly (readonly number[])[]): Promise<readonly number[]> => {
    const { result } = await against(list(...repeats), keys.join(", "));
    return keys.map((key) => cell(result, "LIF", key).mean ?? NaN);
  };
  const [one, other, both] = [await values(whole), await values(half), await values(whole, half)];
  expect(other.every((x) => x > 0)).toBe(true);
  both.forEach((mean, k) => expect(mean).toBeCloseTo(((one[k] ?? 0) + (other[k] ?? 0)) / 2, 14));
});

test("a trace beside a list of repeats is one: its spikes are where it spikes itself, whatever repeat the list is of", async () => {
  // At -1 mV, but for the first spike of the model, where it rises through 0 mV.
  const trace = `t (ms),V (mV)\n${Array.from({ length: 101 }, (_, t) => `${t},${t === 7 ? 50 : -1}\n`).join("")}`;
  const value = async (level: string, ...files: readonly string[]): Promise<unknown> => {
    const names = files.map((_, k) => `f${k}.csv`);
    const { result } = await againstIn(
      `${NEURONS}comparison C { models LIF; under Drive; measure subthreshold_rmse(V, before: 2 ms, after: 2 ms); reference recording(${names.map((n) => `"${n}"`).join(", ")}${level}) }`,
      Object.fromEntries(files.map((text, k) => [names[k], text])),
    );
    return cell(result, "LIF", "subthreshold_rmse(V, before: 2 ms, after: 2 ms)").mean;
  };
  const alone = await value("", trace);
  expect(alone).toBeLessThan(15);
  expect(await value("", trace, "t (ms),repeat\n7,0\n40,1\n60,2\n")).toBe(alone);
  // Where it does not, those of the first repeat.
  expect(await value(", level: 60 mV", trace, "t (ms),repeat\n7,0\n40,1\n60,2\n")).toBe(alone);
  expect(await value(", level: 60 mV", trace, "t (ms),repeat\n40,0\n7,1\n")).not.toBe(alone);
});

test("repeats that the list leaves out are told", async () => {
  const { notes } = await against("t (ms),repeat\n5,1\n5,4\n", "van_rossum");
  expect(notes).toEqual([
    "2 of the repeats 1 to 4 have no spikes in the recording: they count as not recorded, not as silent",
  ]);
});

test("neurons and populations without a spike need not be in a list: what a run has written is at no distance from it", async () => {
  const network = `${NEURONS}network N { population A = 3 LIF { Θ = if i < 2 then 10 mV else 30 mV }; population B = 2 LIF; population C = 2 LIF }
experiment Run of N { duration 100 ms; step 0.1 ms; A.I_e = 20 mV; C.I_e = 20 mV; record spikes }
comparison C { networks N; under Run; measure van_rossum, van_rossum(of: A), van_rossum(of: B), isi_distance; reference recording("cell.csv") }`;
  const spikes = (...owners: readonly string[]): string =>
    `t_ms,population,neuron\n${EVERY_7.flatMap((t) => owners.map((o) => `${t},${o}\n`)).join("")}`;
  const found = async (text: string): Promise<readonly unknown[]> => {
    const { result } = await againstIn(network, { "cell.csv": text });
    return result.cells.map((c) => c.mean ?? c.undefinedBecause);
  };
  expect(await found(spikes("A,0", "A,1", "C,0", "C,1"))).toEqual([0, 0, 0, 0]);
  expect(await found(spikes("A,0", "A,1", "C,0", "C,1", "D,0"))).toEqual([
    "there are 7 neurons, and 8 in the reference",
    0,
    0,
    "there are 7 neurons, and 8 in the reference",
  ]);
  expect((await found(spikes("A,0", "A,3"))).slice(1, 3)).toEqual(["there are 3 neurons, and 4 in the reference", 0]);
  // A list without numbers is of one neuron.
  expect((await found(`t_ms\n${EVERY_7.join("\n")}\n`))[0]).toBe("there are 7 neurons, and 1 in the reference");
});

test("traces and spikes of one recording may lie in two files, in any order", async () => {
  const [v, s] = [
    `t_ms,V (mV)\n${Array.from({ length: 101 }, (_, k) => `${k},5`).join("\n")}\n`,
    `t_ms\n${EVERY_7.join("\n")}\n`,
  ];
  for (const order of [`"v.csv", "s.csv"`, `"s.csv", "v.csv"`]) {
    const { result, content, notes } = await againstIn(
      `${NEURONS}comparison C { models LIF; under Drive; measure van_rossum, trace_mean(V), trace_rmse(V); reference recording(${order}) }`,
      { "v.csv": v, "s.csv": s },
    );
    expect(cell(result, "LIF", "van_rossum").mean).toBe(0);
    expect(cell(result, "LIF", "trace_rmse(V)").mean).toBeGreaterThan(1);
    expect([content, notes]).toEqual(["14 spikes and 1 trace (V), 100 ms", []]);
  }
  const twice = (text: string): unknown =>
    readRecordings([sourceText("a.csv", text), sourceText("b.csv", text)]).diagnostics.map((d) => [
      d.code,
      d.primary.span.source.path,
      d.message,
    ]);
  expect(twice(s)).toEqual([["recording/two-of-a-kind", "b.csv", "both files of the recording have spikes"]]);
  expect(twice(v)).toEqual([["recording/two-of-a-kind", "b.csv", "both files of the recording have traces"]]);
});

test("the level at which a recorded voltage spikes may be said", async () => {
  const trace = "t_ms,U (mV)\n0,-60\n1,-30\n2,-60\n3,20\n4,-60\n100,-60\n";
  const of = async (level: string): Promise<readonly string[]> => {
    const { content, notes } = await againstIn(
      `${NEURONS}comparison C { models LIF; under Drive; measure van_rossum; reference recording("cell.csv"${level}) }`,
      { "cell.csv": trace },
    );
    return [content, ...notes];
  };
  expect(await of("")).toEqual([
    "1 spike and 1 trace (U), 100 ms",
    "the recording has no list of spikes: they are where U rises through 0 mV",
  ]);
  expect(await of(", level: -0.04 V")).toEqual([
    "2 spikes and 1 trace (U), 100 ms",
    "the recording has no list of spikes: they are where U rises through -40 mV",
  ]);
  const said = (level: string): unknown => {
    try {
      readyFrom(
        `${NEURONS}comparison C { models LIF; under Drive; measure van_rossum; reference recording("cell.csv", ${level}) }`,
        { files: { "cell.csv": trace } },
      );
    } catch (error) {
      return /\[([\w/-]+)\]: (.*)/.exec((error as Error).message)?.slice(1);
    }
    return null;
  };
  expect(said("level: 3 pA")).toEqual([
    "units/wrong-dimension",
    expect.stringContaining("the level at which a recorded voltage spikes"),
  ]);
  expect(said("level: 0 mV/0")).toEqual([
    "comparison/bad-level",
    "the level must be a number that is known before anything runs, not 0 mV/0",
  ]);
  expect(said("threshold: 0 mV")).toEqual(["comparison/reference", "this is neither a compared model nor a recording"]);
});

async function against(recording: string, measures: string): ReturnType<typeof againstIn> {
  return againstIn(
    `${NEURONS}comparison C { models LIF; under Drive; measure ${measures}; reference recording("cell.csv") }`,
    { "cell.csv": recording },
  );
}

async function againstIn(text: string, files: Readonly<Record<string, string>>) {
  const ready = readyFrom(text, { stepCheck: false, files });
  const { reference } = ready.prepared.comparison;
  if (reference?.kind !== "recording") throw new Error("no recording");
  const { recording } = readRecordings(reference.files.map((f) => sourceText(f.path, f.text)));
  if (recording === null) throw new Error("not read");
  const { runs, content, notes } = recordingRuns(recording, reference.level, 100);
  return { result: resultOf(ready, await outcomesOf(ready, { recording: runs })), content, notes };
}

test("a list of spikes begins at 0 and lasts as long as the longest experiment, or up to its last spike", () => {
  const window = (text: string, longest: number): readonly number[] => {
    const { recording } = readRecording(sourceText("spikes.csv", text));
    if (recording === null) throw new Error("not read");
    return recordingRuns(recording, null, longest).runs.flatMap((run) => [run.from, run.until]);
  };
  expect(window("t_ms\n20\n70\n", 100)).toEqual([0, 100]);
  expect(window("t_ms\n20\n170\n", 100)).toEqual([0, 170]);
});

test("a list of spikes without any is a silent run, and distances to it are defined", async () => {
  for (const text of ["t (ms)\n", "t (ms),neuron\n"]) {
    const { result, content, notes } = await against(text, "victor_purpura, van_rossum");
    expect([content, notes]).toEqual(["0 spikes, 100 ms", []]);
    // 14 spikes have to go; each has half a squared distance of its own.
    expect(cell(result, "LIF", "victor_purpura").mean).toBe(14);
    expect(cell(result, "LIF", "van_rossum").mean).toBeGreaterThan(2.5);
  }
});

test("spikes before the run begins are told and not used", async () => {
  const { result, notes } = await against(
    `t (ms)\n-20\n-3\n${EVERY_7.join("\n")}\n`,
    "victor_purpura, van_rossum, coincidence",
  );
  expect(notes).toEqual(["2 spikes of the recording lie before 0 ms, where the runs begin, and are not used"]);
  expect(["victor_purpura", "van_rossum", "coincidence"].map((key) => cell(result, "LIF", key).mean)).toEqual([
    0, 0, 1,
  ]);
});

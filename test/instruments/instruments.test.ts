// Recordings of instruments: what another reader (pyABF) finds in the same files, waves written here, and files that are damaged.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { sourceText } from "../../src/base/source.ts";
import { abf2Header } from "../../src/instruments/abf2.ts";
import { Bytes } from "../../src/instruments/bytes.ts";
import { columnNames } from "../../src/instruments/columnNames.ts";
import { commandOf, type Epoch } from "../../src/instruments/epochs.ts";
import { BadInstrumentFile, type Channel, type InstrumentRecording } from "../../src/instruments/instrument.ts";
import { readInstrument, together } from "../../src/instruments/instruments.ts";
import { nwbRecording, type HdfGroup } from "../../src/instruments/nwb.ts";
import { csvOf } from "../../src/instruments/toCsv.ts";
import { readRecording } from "../../src/recording/parse.ts";
import { sweepOf, upwardCrossings } from "../../src/recording/recording.ts";
import { hdfLibrary, withHdf } from "../../src/simulate/hdf.ts";
import { igorWave } from "./files.ts";

const here = (path: string): URL => new URL(path, import.meta.url);
const bytesOf = (path: string): Uint8Array => readFileSync(here(path));

function read(bytes: Uint8Array): InstrumentRecording {
  const found = readInstrument(bytes);
  if (found === null || "problem" in found) throw new Error(found?.problem ?? "not known");
  return found;
}
const problemOf = (bytes: Uint8Array): string => {
  const found = readInstrument(bytes);
  return found !== null && "problem" in found ? found.problem : "";
};
const channel = (recording: InstrumentRecording, sweep: number, name: string): Channel => {
  const found = recording.sweeps[sweep]?.channels.find((c) => c.name === name);
  if (found === undefined) throw new Error(`no ${name} in sweep ${sweep}`);
  return found;
};

interface Expected {
  readonly sampling_Hz: number;
  readonly sweeps: number;
  readonly per_sweep: readonly {
    readonly command_steps_ms_pA: readonly (readonly [number, number])[];
    readonly first_samples: readonly number[];
    readonly sample_at: readonly (readonly [number, number])[];
    readonly spikes_0mV_ms: readonly number[];
  }[];
}

test.each(["../../models/fits/171116sh_0018", "./File_axon_5"])("%s.abf is what another reader finds", (path) => {
  const expected = JSON.parse(readFileSync(here(`./${path.split("/").at(-1) ?? ""}.json`), "utf8")) as Expected;
  const recording = read(bytesOf(`${path}.abf`));
  expect(recording.interval).toBeCloseTo(1e6 / expected.sampling_Hz, 9);
  expect(recording.sweeps).toHaveLength(expected.sweeps);
  for (const [k, own] of expected.per_sweep.entries()) {
    const { samples, unit } = channel(recording, k, "V");
    expect(unit).toBe("mV");
    own.first_samples.forEach((v, n) => expect(samples[n]).toBeCloseTo(v, 4));
    for (const [n, v] of own.sample_at) expect(samples[n]).toBeCloseTo(v, 4);
    const t = Float64Array.from(samples, (_, n) => (n * recording.interval) / 1000);
    const spikes = upwardCrossings({ t, y: samples }, 0);
    expect(spikes).toHaveLength(own.spikes_0mV_ms.length);
    own.spikes_0mV_ms.forEach((time, n) => expect(spikes[n]).toBeCloseTo(time, 2));
    const command = channel(recording, k, "I_e").samples;
    for (const [n, [from, level]] of own.command_steps_ms_pA.entries()) {
      const at = Math.round((from * 1000) / recording.interval);
      expect(command[at]).toBeCloseTo(level, 4);
      if (n > 0) expect(command[at - 1]).toBeCloseTo(own.command_steps_ms_pA[n - 1]?.[1] ?? NaN, 4);
    }
  }
});

test("an instrument's table is read as any: times anew in each sweep, and one sweep as if it were all", () => {
  const recording = read(bytesOf("./File_axon_5.abf"));
  const text = [...csvOf(recording)].join("");
  expect(text.slice(0, text.indexOf("\n"))).toBe("t (ms),sweep,V (mV),I_e (pA)");
  const { recording: table } = readRecording(sourceText("cell.csv", text));
  if (table === null) throw new Error("no table");
  expect(table.sweeps).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  const third = sweepOf(table, 3);
  const own = third?.traces.find((t) => t.name === "V");
  const exact = channel(recording, 3, "V");
  expect(third?.sweeps).toEqual([]);
  expect(own?.t[1]).toBe(recording.interval / 1000);
  // Written to a thousandth of what the converter tells apart.
  const worst = Math.max(...(own?.y ?? []).map((y, n) => Math.abs(y - (exact.samples[n] ?? NaN))));
  expect(worst).toBeLessThan(exact.resolution / 1000);
  expect(sweepOf(table, 9)).toBeNull();
  expect([...csvOf(recording, 3)].join("").split("\n")[0]).toBe("t (ms),V (mV),I_e (pA)");
});

test("kinds of epochs, written out", () => {
  const epoch = (type: number, level: number, duration: number, more: Partial<Epoch> = {}): Epoch => ({
    type,
    level,
    levelStep: 0,
    duration,
    durationStep: 0,
    period: 0,
    width: 0,
    ...more,
  });
  const of = (epochs: readonly Epoch[], staysAtLast = false, lengths = [64, 64]): readonly number[][] =>
    commandOf({ name: "Cmd", unit: "pA", holding: 10, staysAtLast, epochs }, lengths).map((levels) => [...levels]);
  // A sweep begins at the holding level for a 64th of its length.
  const [first, second] = of([epoch(1, 20, 3, { levelStep: 5, durationStep: 1 })]);
  expect(first?.slice(0, 6)).toEqual([10, 20, 20, 20, 10, 10]);
  expect(second?.slice(0, 6)).toEqual([10, 25, 25, 25, 25, 10]);
  expect(of([epoch(1, 20, 3)], true)[1]?.slice(0, 2)).toEqual([20, 20]);
  expect(of([epoch(2, 20, 5)])[0]?.slice(0, 7)).toEqual([10, 10, 12.5, 15, 17.5, 20, 10]);
  expect(of([epoch(3, 20, 7, { period: 3, width: 1 })])[0]?.slice(0, 9)).toEqual([10, 20, 10, 10, 20, 10, 10, 10, 10]);
  expect(of([epoch(4, 20, 6, { period: 6, width: 3 })])[0]?.slice(0, 8)).toEqual([10, 10, 15, 20, 20, 15, 10, 10]);
  expect(of([epoch(7, 20, 4, { period: 4, width: 4 })])[0]?.slice(0, 6)).toEqual([10, 20, 20, 0, 0, 10]);
  const cosine = of([epoch(5, 20, 5, { period: 5, width: 5 })])[0]?.slice(1, 6) ?? [];
  [10, 15, 20, 15, 10].forEach((v, n) => expect(cosine[n]).toBeCloseTo(v, 12));
  // Beyond the sweep's end an epoch is cut.
  expect(of([epoch(1, 20, 1000)])[0]).toHaveLength(64);
});

test("a command whose waveform the file does not tell is left out, and that is said", () => {
  const bytes = Uint8Array.from(bytesOf("./File_axon_5.abf"));
  const view = new DataView(bytes.buffer);
  const dac = view.getUint32(108, true) * 512;
  // The waveform's source: 2 is a file, 1 the editor.
  view.setInt16(dac + 42, 2, true);
  const played = read(bytes);
  expect(played.sweeps[0]?.channels.map((c) => c.name)).toEqual(["V"]);
  expect(played.notes).toEqual([expect.stringMatching(/^the command Cmd 0 is left out: it was played from the file /)]);
  view.setInt16(dac + 42, 1, true);
  view.setInt16(dac + 60, 1, true);
  expect(read(bytes).notes).toEqual(["the command Cmd 0 is left out: a train of pulses goes before it"]);
});

test("names of columns", () => {
  const of = (channels: readonly string[], commands: readonly string[]): readonly (string | null)[] => {
    const named = (unit: string, k: number) => ({ what: `channel ${k}`, name: `IN ${k}`, unit });
    const names = columnNames(channels.map(named), commands.map(named));
    return [...names.channels, ...names.commands];
  };
  expect(of(["mV"], ["pA"])).toEqual(["V", "I_e"]);
  expect(of(["pA"], ["mV"])).toEqual(["I", "V_c"]);
  expect(of(["mV", "mV", "pA"], ["pA", "mV"])).toEqual(["V", "V_2", "I", "I_e", "V_c"]);
  expect(of(["nA", "mV"], [])).toEqual(["I_e", "V"]);
  expect(of(["nA", "\u00B5V", "bar", "dB", ""], [])).toEqual(["I_e", "V", null, null, null]);
  expect(of(["s"], [])).toEqual(["IN_0"]);
});

test.each([
  [2, true],
  [2, false],
  [5, true],
  [5, false],
] as const)("an Igor wave of version %s, little-endian %s", (version, littleEndian) => {
  const sweeps =
    version === 2
      ? [[-70, -69.5, -69]]
      : [
          [-70, -69.5, -69],
          [-70, -71, -72],
        ];
  const wave = read(igorWave({ version, littleEndian, sweeps, unit: "mV", interval: 5e-5, timeUnit: "s", name: "Vm" }));
  expect(wave.interval).toBeCloseTo(50, 9);
  expect(wave.columns).toEqual(["V is the wave Vm"]);
  expect(wave.sweeps.map((s) => [...(s.channels[0]?.samples ?? [])])).toEqual(sweeps);
});

test("waves that were made together are one recording; others are told apart", () => {
  const wave = (unit: string, values: readonly number[]): InstrumentRecording =>
    read(igorWave({ version: 5, littleEndian: true, sweeps: [values], unit, interval: 0.05, timeUnit: "ms" }));
  const both = together([wave("mV", [-70, -69]), wave("pA", [0, 10])]);
  expect([...csvOf(both)].join("")).toBe("t (ms),V (mV),I_e (pA)\n0,-70,0\n0.05,-69,10\n");
  expect(() => together([wave("mV", [-70, -69]), wave("pA", [0])])).toThrow(
    "the files were not made together: one has 50 µs, 1 sweep of 2 samples, another 50 µs, 1 sweep of 1 samples",
  );
});

test.each([
  [{ timeUnit: "" }, "its times have no unit, where s or ms was expected"],
  [{ timeUnit: "m" }, 'its times have the unit "m", where s or ms was expected'],
  [{ unit: "" }, "its values have no unit"],
  [{ type: 3 }, "its numbers are complex"],
  [{ type: 0 }, "its numbers are of type 0"],
  [{ interval: 0 }, "its time between samples is 0 s"],
  [{ sweeps: [[]] }, "it has no samples"],
])("what is wrong with a wave is told: %j", (change, message) => {
  const wave = { version: 5, littleEndian: true, sweeps: [[1, 2]], unit: "mV", interval: 5e-5, timeUnit: "s" } as const;
  expect(problemOf(igorWave({ ...wave, ...change }))).toContain(message);
});

test.each([2, 5] as const)(
  "no bit of the head of a wave of version %s changes what is read without a word",
  (version) => {
    const whole = igorWave({
      version,
      littleEndian: true,
      sweeps: [[1, 2, 3, 4]],
      unit: "mV",
      interval: 5e-5,
      timeUnit: "s",
    });
    const head = version === 2 ? 16 + 126 : 384;
    for (let at = 2; at < head; at++) {
      const hurt = Uint8Array.from(whole);
      hurt[at] = (hurt[at] as number) ^ 4;
      expect(problemOf(hurt), `byte ${at}`).not.toBe("");
    }
  },
);

test("what ends too early is told with what was expected at which byte", () => {
  const whole = bytesOf("./File_axon_5.abf");
  expect(problemOf(whole.subarray(0, 300))).toMatch(
    /^it begins as an Axon binary file, version 2, but at byte \d+: .* expected, but the file has 300$/,
  );
  expect(problemOf(whole.subarray(0, 100_000))).toContain("but the file has 100000");
  expect(readInstrument(new TextEncoder().encode("t (ms),V (mV)\n0,1\n"))).toBeNull();
});

test("no bit of what the header says of its sections changes what is read without a word", () => {
  const whole = bytesOf("./File_axon_5.abf");
  const right = JSON.stringify(abf2Header(new Bytes(whole, true)));
  const told = new Set<number>();
  for (let bit = 8 * 76; bit < 8 * 332; bit++) {
    const bytes = Uint8Array.from(whole);
    bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    try {
      expect(JSON.stringify(abf2Header(new Bytes(bytes, true))), `bit ${bit & 7} of byte ${bit >> 3}`).toBe(right);
    } catch (error) {
      if (!(error instanceof BadInstrumentFile)) throw error;
      expect(error.message).toMatch(/^at byte \d+: .* expected/u);
      told.add(bit);
    }
  }
  // An entry of 48 bytes that would be 65,584: beyond the file, where the samples are.
  expect(told).toContain(8 * 162);
  expect(told.size).toBeGreaterThan(1000);
});

test("a file of which no channel can be read is refused", () => {
  const bytes = Uint8Array.from(bytesOf("./File_axon_5.abf"));
  // Neither the channel nor the command has a unit: their numbers of texts are 0.
  const view = new DataView(bytes.buffer);
  view.setInt32(1024 + 78, 0, true);
  for (let k = 0; k < 4; k++) view.setInt32(1536 + 256 * k + 28, 0, true);
  expect(problemOf(bytes)).toMatch(/^it is an Axon binary file, version 2, but no channel of it can be read; /u);
});

test("a damaged header never fails but by its message", () => {
  const whole = bytesOf("./File_axon_5.abf");
  let state = 7;
  const draw = (below: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  let told = 0;
  for (let k = 0; k < 150; k++) {
    const bytes = Uint8Array.from(whole);
    for (let n = 0; n < 3; n++) bytes[4 + draw(k % 2 === 0 ? 400 : 6000)] = [0, 255, draw(256)][n] ?? 0;
    const found = readInstrument(bytes);
    if (found !== null && "problem" in found) told++;
    else if (found !== null) csvOf(found).next();
  }
  expect(told).toBeGreaterThan(10);
});

test("patch-clamp series of an NWB file, by the numbers of their sweeps", async () => {
  const library = await hdfLibrary("NWB files");
  if ("problem" in library) throw new Error(library.problem);
  const folder = mkdtempSync(join(tmpdir(), "glif-nwb-"));
  try {
    const path = join(folder, "cell.nwb");
    const file = new library.File(path, "w");
    const add = (
      place: string,
      name: string,
      data: Int16Array | Float64Array | null,
      unit: string,
      conversion: number,
      sweep: number,
      rate = 20_000,
    ): void => {
      const group = (file.get(place) ?? file.create_group(place)) as InstanceType<typeof library.Group>;
      const series = group.create_group(name);
      series.create_attribute("sweep_number", sweep, [], "<I");
      const set = series.create_dataset(
        data === null ? { name: "data", data: new Float64Array(6), shape: [3, 2] } : { name: "data", data },
      );
      set.create_attribute("unit", unit);
      set.create_attribute("conversion", conversion, [], "<d");
      const start = series.create_dataset({ name: "starting_time", data: 0 });
      start.create_attribute("rate", rate, [], "<d");
    };
    file.create_group("stimulus");
    add("acquisition", "data_00000_AD0", new Int16Array([-700, -690, -680]), "volts", 1e-4, 4);
    add("stimulus/presentation", "data_00000_DA0", new Float64Array([0, 1e-10, 1e-10]), "amperes", 1, 4);
    add("acquisition", "data_00001_AD0", new Int16Array([-710, -700]), "volts", 1e-4, 5);
    add("acquisition", "data_00007_AD0", null, "volts", 1, 7);
    file.close();
    expect(() => withHdf(library, path, (root) => nwbRecording(root as unknown as HdfGroup, [7]))).toThrow(
      "the data of data_00007_AD0 are 2 numbers a sample, where one was expected",
    );
    const all = withHdf(library, path, (root) => nwbRecording(root as unknown as HdfGroup, [4, 5]));
    expect(all.interval).toBe(50);
    expect([...csvOf(all)].join("")).toBe(
      "t (ms),sweep,V (V),I_e (A)\n0,4,-0.07,0\n0.05,4,-0.069,1e-10\n0.1,4,-0.068,1e-10\n0,5,-0.071,\n0.05,5,-0.07,\n",
    );
    expect(all.notes).toEqual(["not every sweep has the same series: where one is missing its cells are empty"]);
    expect(
      withHdf(library, path, (root) => nwbRecording(root as unknown as HdfGroup, [5])).sweeps.map((s) => s.number),
    ).toEqual([5]);
    expect(() => withHdf(library, path, (root) => nwbRecording(root as unknown as HdfGroup, [9]))).toThrow(
      BadInstrumentFile,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});

// spikes.h5 as SONATA has it: read back it holds the spikes of spikes.csv, to the last bit; what fails leaves nothing.
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { hdfLibrary, type HdfLibrary } from "../../src/simulate/hdf.ts";
import { writeSonata } from "../../src/simulate/sonata.ts";
import { fileOf, folder, RAMP, simulationOf } from "./helpers.ts";
import { spikesCsv } from "../../src/simulate/spikesCsv.ts";

async function library(): Promise<HdfLibrary> {
  const found = await hdfLibrary("SONATA files");
  if ("problem" in found) throw new Error(found.problem);
  return found;
}

interface Train {
  readonly times: readonly number[];
  readonly ids: readonly bigint[];
}

function read(
  { File }: HdfLibrary,
  path: string,
): {
  readonly root: unknown;
  readonly populations: Readonly<Record<string, Train & { readonly attributes: unknown }>>;
} {
  const file = new File(path, "r");
  try {
    const spikes = file.get("spikes") as InstanceType<HdfLibrary["Group"]>;
    const populations = Object.fromEntries(
      spikes.keys().map((name) => {
        const group = spikes.get(name) as InstanceType<HdfLibrary["Group"]>;
        const [times, ids] = ["timestamps", "node_ids"].map(
          (key) => group.get(key) as InstanceType<HdfLibrary["Dataset"]>,
        );
        const attributes = [
          group.attrs["sorting"]?.value,
          times?.attrs["units"]?.value,
          times?.dtype,
          ids?.dtype,
          times?.shape,
          ids?.shape,
        ];
        return [
          name,
          { times: [...(times?.value as Float64Array)], ids: [...(ids?.value as BigUint64Array)], attributes },
        ];
      }),
    );
    return {
      root: ["magic", "version"].map((name) => {
        const value = file.attrs[name]?.value;
        return typeof value === "number" ? value : [...(value as Uint32Array)];
      }),
      populations,
    };
  } finally {
    file.close();
  }
}

test("groups, types, units and order are SONATA's; a population without spikes is there too", async () => {
  const at = folder();
  const { simulation } =
    simulationOf(`${RAMP}network N { population B = 2 Ramp; population Θ = 3 Ramp { V = i*1 mV }; population Q = 1 Ramp { drive = 0 mV/ms } }
experiment E of N { duration 12 ms; step 0.1 ms; record spikes }`);
  simulation.advance(120);
  writeFileSync(join(at, "spikes.csv"), fileOf(spikesCsv(simulation)));
  const h5 = await library();
  const bytes = await writeSonata(join(at, "spikes.csv"), join(at, "spikes.h5"), ["B", "Q", "Θ"], h5);
  expect(bytes).toBeGreaterThan(1000);
  expect(readdirSync(at).sort()).toEqual(["spikes.csv", "spikes.h5"]);
  const { root, populations } = read(h5, join(at, "spikes.h5"));
  expect(root).toEqual([0x0a7a, [0, 1]]);
  expect(populations["B"]).toEqual({
    times: [5.1, 5.1, 10.2, 10.2],
    ids: [0n, 1n, 0n, 1n],
    attributes: ["by_time", "milliseconds", "<d", "<Q", [4], [4]],
  });
  expect(populations["Q"]).toEqual({
    times: [],
    ids: [],
    attributes: ["by_time", "milliseconds", "<d", "<Q", [0], [0]],
  });
  expect(populations["Θ"]?.times).toEqual(populations["Θ"]?.times.toSorted((a, b) => a - b));
  expect(populations["Θ"]?.ids.slice(0, 3)).toEqual([2n, 1n, 0n]);
});

test("more spikes than are held at once, doubles to the last bit", async () => {
  const at = folder();
  const spikes = Array.from({ length: 70_001 }, (_, k) => ({
    time: (k + 1) / 3,
    name: k % 5 === 0 ? "I" : 'a,"b"',
    neuron: (k * 7919) % 1_000_003,
  }));
  const cell = (name: string): string => (name === "I" ? "I" : '"a,""b"""');
  writeFileSync(
    join(at, "spikes.csv"),
    `t_ms,population,neuron\n${spikes.map((s) => `${s.time},${cell(s.name)},${s.neuron}\n`).join("")}`,
  );
  const h5 = await library();
  await writeSonata(join(at, "spikes.csv"), join(at, "spikes.h5"), ["I", 'a,"b"'], h5);
  const { populations } = read(h5, join(at, "spikes.h5"));
  for (const name of ["I", 'a,"b"']) {
    const own = spikes.filter((s) => s.name === name);
    expect(populations[name]?.times).toEqual(own.map((s) => s.time));
    expect(populations[name]?.ids).toEqual(own.map((s) => BigInt(s.neuron)));
  }
});

test("interrupted, or where it cannot stand, it leaves nothing and says why", async () => {
  const at = folder();
  writeFileSync(
    join(at, "spikes.csv"),
    `t_ms,population,neuron\n${Array.from({ length: 40_000 }, (_, k) => `${k * 0.1},E,1\n`).join("")}`,
  );
  const h5 = await library();
  await expect(writeSonata(join(at, "spikes.csv"), join(at, "spikes.h5"), ["E"], h5, () => true)).rejects.toThrow(
    `cannot write ${join(at, "spikes.h5")}: interrupted`,
  );
  mkdirSync(join(at, "taken.h5"));
  await expect(writeSonata(join(at, "spikes.csv"), join(at, "taken.h5"), ["E"], h5)).rejects.toThrow(
    /cannot write .*taken.h5: it is a folder/,
  );
  expect(readdirSync(at).sort()).toEqual(["spikes.csv", "taken.h5"]);
  expect(existsSync(join(at, "spikes.h5"))).toBe(false);
});

test("without the package it is told what to install", async () => {
  const missing = (): Promise<HdfLibrary> =>
    Promise.reject(Object.assign(new Error("Cannot find package 'h5wasm'"), { code: "ERR_MODULE_NOT_FOUND" }));
  expect(await hdfLibrary("SONATA files", missing)).toEqual({
    problem: "SONATA files need the package h5wasm, which is not installed: npm install h5wasm@0.10.3",
  });
  await expect(hdfLibrary("SONATA files", () => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
});

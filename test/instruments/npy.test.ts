// Arrays of NumPy, written here byte by byte as its format says, and what is refused of them.
import { expect, test } from "vitest";
import { isNumpy, numpyTable } from "../../src/instruments/npy.ts";
import { decodeSource } from "../../src/simulate/readSource.ts";

interface Written {
  readonly descr: string;
  readonly shape: string;
  readonly version?: number;
  readonly fortran?: boolean;
  readonly size: number;
  readonly write: (view: DataView, at: number, value: number) => void;
}

function npy(
  { descr, shape, version = 1, fortran = false, size, write }: Written,
  values: readonly number[],
): Uint8Array {
  const head =
    `{'descr': ${descr}, 'fortran_order': ${fortran ? "True" : "False"}, 'shape': ${shape}, }`.padEnd(117) + "\n";
  const start = version === 1 ? 10 : 12;
  const bytes = new Uint8Array(start + head.length + values.length * size);
  const view = new DataView(bytes.buffer);
  bytes.set([0x93, ...[..."NUMPY"].map((c) => c.charCodeAt(0)), version, 0]);
  if (version === 1) view.setUint16(8, head.length, true);
  else view.setUint32(8, head.length, true);
  bytes.set(
    [...head].map((c) => c.charCodeAt(0)),
    start,
  );
  values.forEach((value, k) => {
    write(view, start + head.length + k * size, value);
  });
  return bytes;
}

const F8: Omit<Written, "shape"> = { descr: "'<f8'", size: 8, write: (v, at, x) => v.setFloat64(at, x, true) };
const KINDS: readonly Omit<Written, "shape">[] = [
  F8,
  { descr: "'<f4'", size: 4, write: (v, at, x) => v.setFloat32(at, x, true) },
  { descr: "'<i4'", size: 4, write: (v, at, x) => v.setInt32(at, x, true) },
  { descr: "'<i8'", size: 8, write: (v, at, x) => v.setBigInt64(at, BigInt(x), true) },
];

for (const kind of KINDS)
  for (const version of [1, 2, 3])
    test(`${kind.descr}, version ${version}`, () => {
      const bytes = npy({ ...kind, version, shape: "(3, 2)" }, [1, -2, 3, 2 ** 30, 5, -6]);
      expect(isNumpy(bytes)).toBe(true);
      expect(numpyTable(bytes)).toEqual({ text: "0,1\n1,-2\n3,1073741824\n5,-6\n" });
      expect(decodeSource(bytes, "table")).toMatchObject({ text: "0,1\n1,-2\n3,1073741824\n5,-6\n" });
    });

test("one dimension is one column, and every bit is kept", () => {
  const values = [0.1, -0, 1 / 3, 5e-324, 1.7976931348623157e308];
  const table = numpyTable(npy({ ...F8, shape: "(5,)" }, values));
  if ("problem" in table) throw new Error(table.problem);
  const [head, ...rows] = table.text.trim().split("\n");
  expect(head).toBe("0");
  rows.forEach((row, k) => {
    expect(Object.is(Number(row), values[k])).toBe(true);
  });
  const far = numpyTable(npy({ ...(KINDS[3] as Written), shape: "(2,)" }, [-(2 ** 53 - 1), 2 ** 40 + 1]));
  expect(far).toEqual({ text: "0\n-9007199254740991\n1099511627777\n" });
});

const REFUSED: readonly (readonly [string, Uint8Array, string])[] = [
  ["another type", npy({ ...F8, descr: "'>f8'", shape: "(1,)" }, [1]), 'its numbers are of the type ">f8"'],
  ["fields", npy({ ...F8, descr: "[('a', '<f8')]", shape: "(1,)" }, [1]), "its rows have fields with names"],
  ["Fortran's order", npy({ ...F8, fortran: true, shape: "(1, 2)" }, [1, 2]), "its columns stand one after the other"],
  ["three dimensions", npy({ ...F8, shape: "(1, 1, 1)" }, [1]), "it has 3 dimensions"],
  ["a number", npy({ ...F8, shape: "()" }, [1]), "it has 0 dimensions"],
  ["NaN", npy({ ...F8, shape: "(2, 1)" }, [1, NaN]), "in row 1, column 0 (from 0) stands NaN"],
  ["another version", npy({ ...F8, version: 4, shape: "(1,)" }, [1]), "its format has version 4"],
  ["too short", npy({ ...F8, shape: "(3,)" }, [1, 2]), "it has 16 bytes of numbers, where 3 by 1 take 24"],
  ["cut in the head", npy({ ...F8, shape: "(1,)" }, [1]).subarray(0, 40), "the head was expected"],
];
for (const [what, bytes, problem] of REFUSED)
  test(`${what} is refused`, () => {
    const table = numpyTable(bytes);
    expect("problem" in table ? table.problem : "").toContain(problem);
  });

test("whole numbers beyond 2^53 are refused, and zips", () => {
  const wide: Written = {
    descr: "'<i8'",
    shape: "(1,)",
    size: 8,
    write: (v, at) => v.setBigInt64(at, 2n ** 53n, true),
  };
  expect(numpyTable(npy(wide, [0]))).toEqual({ problem: expect.stringContaining("lies beyond 2^53") as string });
  const zip = Uint8Array.from([0x50, 0x4b, 3, 4, 0, 0]);
  expect(decodeSource(zip, "table")).toEqual({ problem: expect.stringContaining("a zip of several files") as string });
});

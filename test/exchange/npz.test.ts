// Arrays as numpy reads them: the archive byte by byte, and by numpy itself where it is there.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { expect, onTestFinished, test } from "vitest";
import { npz, type NpzArray } from "../../src/exchange/npz.ts";

function made(arrays: readonly NpzArray[]): Uint8Array {
  return npz(arrays) ?? new Uint8Array(0);
}

const ARRAYS = made([
  { kind: "float64", name: "V", shape: [2, 2], values: Float64Array.from([0.1, -2, 3e300, 0]) },
  { kind: "int32", name: "exc.i", shape: [3], values: Int32Array.from([0, -1, 2147483647]) },
]);

test("each array lies behind its header, from a multiple of 64 bytes on", () => {
  const text = Buffer.from(ARRAYS).toString("latin1");
  expect(text.startsWith("PK\u0003\u0004")).toBe(true);
  expect(text).toContain("{'descr': '<f8', 'fortran_order': False, 'shape': (2, 2), }");
  expect(text).toContain("{'descr': '<i4', 'fortran_order': False, 'shape': (3,), }");
  const start = text.indexOf("\u0093NUMPY");
  const length = 10 + (text.charCodeAt(start + 8) | (text.charCodeAt(start + 9) << 8));
  expect(length % 64).toBe(0);
  expect(new DataView(ARRAYS.buffer, start + length).getFloat64(0, true)).toBe(0.1);
});

test("checksums are those of zip", () => {
  const view = new DataView(ARRAYS.buffer);
  const [size, name] = [view.getUint32(18, true), view.getUint16(26, true)];
  const content = ARRAYS.subarray(30 + name, 30 + name + size);
  const own = typeof crc32 === "function" ? crc32(content) : view.getUint32(14, true);
  expect(view.getUint32(14, true)).toBe(own);
  expect(made([])).toHaveLength(22);
});

const python = ["python3", "/usr/bin/python3"].find((name) => {
  try {
    execFileSync(name, ["-c", "import numpy"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
});

test.skipIf(python === undefined)("numpy reads what was written", () => {
  const folder = mkdtempSync(join(tmpdir(), "glif-npz-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, "a.npz"), ARRAYS);
  const script = `import numpy as np, sys; d = np.load(sys.argv[1]); print(d["V"].tolist(), d["exc.i"].tolist(), d["V"].dtype, d["exc.i"].dtype)`;
  const told = execFileSync(python ?? "", ["-c", script, join(folder, "a.npz")], { encoding: "utf8" });
  expect(told.trim()).toBe("[[0.1, -2.0], [3e+300, 0.0]] [0, -1, 2147483647] float64 int32");
});

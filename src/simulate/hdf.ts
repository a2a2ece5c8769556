// The optional package that reads and writes HDF5, in which SONATA and NWB files are.
import type * as H5wasm from "h5wasm/node";

export type HdfLibrary = typeof H5wasm;

/** Loads it, or says what to install; `what` needs it. */
export async function hdfLibrary(
  what: string,
  load: () => Promise<HdfLibrary> = () => import("h5wasm/node"),
): Promise<HdfLibrary | { readonly problem: string }> {
  try {
    const library = await load();
    await library.ready;
    return library;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ERR_MODULE_NOT_FOUND") throw error;
    return { problem: `${what} need the package h5wasm, which is not installed: npm install h5wasm@0.10.3` };
  }
}

/** What `read` makes of the file, which is closed whatever happens. */
export function withHdf<Result>(
  { File, Module }: HdfLibrary,
  path: string,
  read: (file: InstanceType<HdfLibrary["File"]>) => Result,
): Result {
  // Otherwise failures are only printed.
  Module.activate_throwing_error_handler();
  try {
    const file = new File(path, "r");
    try {
      return read(file);
    } finally {
      file.close();
    }
  } finally {
    Module.deactivate_throwing_error_handler();
  }
}

// Before every test file: properties are tried on the same inputs in every run, so that what passed once passes again. GLIF_TEST_SEED tries others.
import fc from "fast-check";

fc.configureGlobal({ seed: Number(process.env["GLIF_TEST_SEED"] ?? 20261123) });

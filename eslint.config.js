// Lint: typed rules of typescript-eslint; style is prettier's and the reader's.
import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: ["dist/**", "out/**", "node_modules/**", "generated/**", "grammar/cst.d.ts", "eslint.config.js"] },
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      "@typescript-eslint/no-floating-promises": "error",
      // Objects here are records of functions, not classes: nothing is bound to begin with.
      "@typescript-eslint/unbound-method": "off",
      "@typescript-eslint/consistent-type-imports": ["error", { disallowTypeAnnotations: false }],
      "@typescript-eslint/explicit-module-boundary-types": "error",
      "no-restricted-properties": ["error", { object: "Math", property: "random", message: "draws are pure functions of the seed" }],
      eqeqeq: ["error", "always", { null: "ignore" }],
    },
  },
  {
    files: ["src/runtime/**", "src/algebra/**", "src/4-plan/**", "src/5-emit/**", "src/quantities/**", "src/1-parse/**", "src/2-resolve/**", "src/3-check/**", "src/figure/**", "src/measures/**", "src/recording/**"],
    rules: {
      // Results have the same bits everywhere: no engine's own mathematics, no clock, no locale.
      "no-restricted-syntax": [
        "error",
        { selector: "MemberExpression[object.name='Math'][property.name=/^(exp|expm1|log|log1p|log10|log2|pow|sin|cos|tan|asin|acos|atan|atan2|sinh|cosh|tanh|cbrt|hypot|random)$/]", message: "use runtime/math.ts" },
        { selector: "MemberExpression[property.name=/^(localeCompare|toLocaleString)$/]", message: "no locale" },
        { selector: "NewExpression[callee.name='Date']", message: "no clock in results" },
      ],
    },
  },
  {
    // The one place of the product that evaluates emitted text, and the tests of that text.
    files: ["src/simulate/evaluateModule.ts", "test/emit/**"],
    rules: { "@typescript-eslint/no-implied-eval": "off" },
  },
  {
    files: ["test/**"],
    rules: {
      "@typescript-eslint/no-explicit-any": "off",
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
      "@typescript-eslint/no-unsafe-argument": "off",
      "@typescript-eslint/no-unsafe-call": "off",
      "@typescript-eslint/no-unsafe-return": "off",
    },
  },
);

import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { layering } from './lint/layering.ts';

/** What makes a result depend on when and where it ran; rooms get time and chance from core/ports.ts instead. */
const ambient = [
  [
    'CallExpression[callee.object.name="Date"][callee.property.name="now"]',
    'Take the time from the Clock that is passed in.',
  ],
  ['NewExpression[callee.name="Date"][arguments.length=0]', 'Take the time from the Clock that is passed in.'],
  ['MemberExpression[object.name="performance"]', 'Take the time from the Clock that is passed in.'],
  ['CallExpression[callee.name=/^set(Timeout|Interval)$/]', 'Sleep on the Clock that is passed in.'],
  [
    'MemberExpression[object.name="Math"][property.name="random"]',
    'Take random bytes from the RandomBytes that is passed in.',
  ],
].map(([selector, message]) => ({ selector, message }));

const focused = {
  selector: 'MemberExpression[object.name=/^(test|it|describe|suite)$/][property.name="only"]',
  message: 'A focused test hides all others.',
};

export default defineConfig(
  { ignores: ['node_modules/', 'demo-report/', 'coverage/', 'out/', 'test/fixtures/', '.dependency-cruiser.cjs'] },
  ...tseslint.configs.strictTypeChecked,
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['eslint.config.js'] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    plugins: { drydock: { rules: { layering } } },
    rules: {
      'drydock/layering': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        {
          argsIgnorePattern: '^_',
          destructuredArrayIgnorePattern: '^_',
          varsIgnorePattern: '^_',
          ignoreRestSiblings: true,
        },
      ],
      // The classes of WebUSB exist as types only: an object of their shape is all there can be.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: true }],
    },
  },
  {
    files: ['core/**/*.ts', 'simulator/**/*.ts'],
    ignores: ['core/system-clock.ts'],
    rules: { 'no-restricted-syntax': ['error', ...ambient] },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      '@typescript-eslint/no-floating-promises': [
        'error',
        {
          allowForKnownSafeCalls: [
            { from: 'package', package: 'node:test', name: ['test', 'it', 'describe', 'suite'] },
          ],
        },
      ],
      'no-restricted-syntax': ['error', focused],
    },
  },
  // The set-up is plain JavaScript; the compiler checks its types, but lint does not see casts in comments.
  { files: ['scripts/**/*.mjs'], ...tseslint.configs.disableTypeChecked },
);

import { defineConfig } from 'eslint/config';
import svelte from 'eslint-plugin-svelte';
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
  {
    ignores: [
      'node_modules/',
      'demo-report/',
      'coverage/',
      'test/fixtures/',
      'test/artefacts/',
      'out/',
      '.dependency-cruiser.cjs',
    ],
  },
  ...tseslint.configs.strictTypeChecked,
  ...svelte.configs.recommended,
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['eslint.config.js'] },
        extraFileExtensions: ['.svelte'],
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
  {
    files: ['renderer/**/*.svelte', 'renderer/**/*.svelte.ts', 'test/renderer/gallery/**/*.svelte'],
    languageOptions: { parserOptions: { parser: tseslint.parser } },
  },
  {
    files: ['renderer/**', 'test/renderer/gallery/**'],
    rules: {
      // svelte-check knows the types of components and of template expressions; here they are unknown.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      // A prop with $bindable() is assigned to by the caller's binding.
      'prefer-const': 'off',
      // Routes are hashes of the one page; there is no router whose base would have to be resolved.
      'svelte/no-navigation-without-resolve': 'off',
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: 'contract/(?!plain/|result[.]ts|window/origin[.]ts)',
              allowTypeImports: true,
              message: 'The page must not carry the schema library: only types, and what stands in contract/plain/.',
            },
          ],
        },
      ],
    },
  },
  // The set-up is plain JavaScript; the compiler checks its types, but lint does not see casts in comments.
  { files: ['scripts/**/*.mjs'], ...tseslint.configs.disableTypeChecked },
);

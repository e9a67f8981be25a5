import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, describe, it, test } from 'node:test';
import { ESLint, RuleTester } from 'eslint';
import tseslint from 'typescript-eslint';
import { layering } from '../../../lint/layering.ts';

const projectRoot = dirname(dirname(dirname(import.meta.dirname)));

RuleTester.it = it;
RuleTester.describe = describe;
Object.assign(RuleTester, { afterAll: after });

/** Each arrow of ARCHITECTURE.md: an importing file, and what it may import. */
const allowed: readonly [file: string, code: string][] = [
  ['contract/result.ts', "import * as v from 'valibot';"],
  ['contract/schema/bundle.ts', "import { refuse } from '../result.ts';"],
  ['core/digest.ts', "import { createHash } from 'node:crypto';"],
  ['core/trust/cms.ts', "import { refuse } from '../../contract/result.ts';"],
  ['core/trust/cms.ts', "import { sha256 } from '../digest.ts';"],
  ['core/trust/cms.ts', "import forge from 'node-forge';"],
  ['core/bundle/import.ts', "import { verify } from '../trust/cms.ts';"],
  ['core/bundle/import.ts', "import { parse } from '../mcuboot/parse-image.ts';"],
  ['core/bundle/import.ts', "import { parse } from '../device/profile/parse-profile.ts';"],
  ['core/bundle/import.ts', "import yauzl from 'yauzl';"],
  ['core/bundle/import.ts', "import type { AuditWriter } from '../audit/event.ts';"],
  ['core/policy/approval.ts', "import type { Account } from '../operator/account.ts';"],
  ['core/device/dfu/host.ts', "import { read } from '../../mcuboot/trailer.ts';"],
  ['core/update/engine.ts', "import { open } from '../bundle/store.ts';"],
  ['core/update/engine.ts', "import { check } from '../policy/approval.ts';"],
  ['core/update/engine.ts', "import { constants } from '../device/dfu/constants.ts';"],
  ['core/update/engine.ts', "import { append } from '../audit/log.ts';"],
  ['core/report/model.ts', "import { fold } from '../update/fold-job.ts';"],
  ['core/report/model.ts', "import { root } from '../audit/merkle-tree.ts';"],
  ['core/report/model.ts', "import { verify } from '../policy/approval.ts';"],
  ['core/report/model.ts', "import type { Account } from '../operator/account.ts';"],
  ['core/report/pdf/fonts.ts', "import.meta.resolve('@expo-google-fonts/ibm-plex-sans/400Regular/a.ttf');"],
  ['core/storage/bundle-repository.ts', "import type { BundleRepository } from '../bundle/repository.ts';"],
  ['core/storage/update-repository.ts', "import { isClosed } from '../update/transitions.ts';"],
  ['core/station.ts', "import { openDatabase } from './storage/open-database.ts';"],
  ['core/station/operations.ts', "import { openDatabase } from '../storage/open-database.ts';"],
  ['simulator/dfu.ts', "import { DfuState } from '../core/device/dfu/constants.ts';"],
  ['cli/drydock.ts', "import { openStation } from '../core/station.ts';"],
  ['cli/usb-connection.ts', "import { usb } from 'usb';"],
  ['cli/bundle.ts', "import { makeBundle } from '../core/bundle/make/make-bundle.ts';"],
  ['cli/verify-report.ts', "import { verifyReport } from '../core/report/verifier/verify-report.ts';"],
  ['cli/demo/unit.ts', "import { VirtualUnit } from '../../simulator/unit.ts';"],
  ['cli/usb-connection.ts', "import type { UsbBackend } from '../core/device/usb-backend.ts';"],
  ['main/main.ts', "import { app } from 'electron'; import { openStation } from '../core/station.ts';"],
  [
    'main/training/bench.ts',
    "import { VirtualUnit } from '../../simulator/unit.ts'; import '../../demo/materials.ts';",
  ],
  ['main/shell.ts', "import { TrainingBench } from './training/training-bench.ts';"],
  ['demo/materials.ts', "import { buildImage } from '../simulator/image-builder.ts';"],
  ['cli/demo/run.ts', "import { demoImage } from '../../demo/materials.ts';"],
  ['preload/preload.ts', "import { operations } from '../contract/operations.ts';"],
  ['renderer/app.ts', "import { mount } from 'svelte'; import { operations } from '../contract/operations.ts';"],
  [
    'test/unit/a.test.ts',
    "import '../../core/storage/open-database.ts'; import 'fast-check'; await import(process.argv[2]);",
  ],
  [
    'bench/import/a.ts',
    "import { openStation } from '../../core/station.ts'; import '../../simulator/virtual-bench.ts';",
  ],
  ['eslint.config.js', "import { layering } from './lint/layering.ts';"],
];

const refused: readonly [file: string, code: string, reason: RegExp][] = [
  [
    'contract/result.ts',
    "import { sha256 } from '../core/digest.ts';",
    /contract\/ may import nothing of core\/digest\.ts/,
  ],
  ['contract/result.ts', "import { createHash } from 'node:crypto';", /runs without Node/],
  ['contract/result.ts', "import { createHash } from 'crypto';", /runs without Node/],
  ['contract/result.ts', "import canonicalize from 'canonicalize';", /may not use the package canonicalize/],
  ['core/trust/cms.ts', "import { app } from 'electron';", /may not use the package electron/],
  ['core/trust/cms.ts', "import { mount } from 'svelte/legacy';", /may not use the package svelte/],
  [
    'core/trust/cms.ts',
    "import { open } from '../bundle/store.ts';",
    /core\/trust\/ may import nothing of core\/bundle\//,
  ],
  ['core/digest.ts', "import { verify } from './trust/cms.ts';", /may import nothing of core\/trust\//],
  ['core/bundle/import.ts', "import { append } from '../audit/log.ts';", /may import nothing of core\/audit\//],
  ['core/bundle/import.ts', "import { append } from '../audit/event.ts';", /may import only types of core\/audit\//],
  ['core/policy/approval.ts', "import { find } from '../operator/account.ts';", /only types of core\/operator\//],
  [
    'core/policy/approval.ts',
    "import { type Account } from '../operator/account.ts';",
    /only types of core\/operator\//,
  ],
  ['core/device/dfu/host.ts', "import { step } from '../../update/engine.ts';", /may import nothing of core\/update\//],
  [
    'core/update/engine.ts',
    "import { login } from '../operator/session.ts';",
    /may import nothing of core\/operator\//,
  ],
  ['core/audit/log.ts', "import { step } from '../update/engine.ts';", /may import nothing of core\/update\//],
  [
    'core/update/engine.ts',
    "import { openDatabase } from '../storage/open-database.ts';",
    /nothing of core\/storage\//,
  ],
  ['core/update/engine.ts', "import type { Row } from '../storage/row.ts';", /nothing of core\/storage\//],
  [
    'core/storage/audit-repository.ts',
    "import { leaf } from '../audit/merkle-tree.ts';",
    /only types of core\/audit\//,
  ],
  ['core/update/engine.ts', "import { openStation } from '../station.ts';", /may import nothing of core\/station\.ts/],
  ['core/update/engine.ts', "import { VirtualUnit } from '../../simulator/unit.ts';", /nothing of simulator\//],
  ['core/device/usb-scanner.ts', "import { usb } from 'usb';", /may not use the package usb/],
  ['core/update/engine.ts', "import Database from 'better-sqlite3';", /may not use the package better-sqlite3/],
  ['core/report/model.ts', "import { login } from '../operator/session.ts';", /only types of core\/operator\//],
  ['core/station.ts', "import { run } from '../cli/drydock.ts';", /may import nothing of cli\//],
  [
    'simulator/dfu.ts',
    "import { refuse } from '../contract/result.ts';",
    /simulator\/ may import nothing of contract\//,
  ],
  ['simulator/dfu.ts', "import { host } from '../core/device/dfu/host.ts';", /nothing of core\/device\//],
  ['cli/drydock.ts', "import { openDatabase } from '../core/storage/open-database.ts';", /nothing of core\/storage\//],
  ['cli/drydock.ts', "import { step } from '../core/update/engine.ts';", /nothing of core\/update\//],
  ['cli/bundle.ts', "import { importBundle } from '../core/bundle/import.ts';", /nothing of core\/bundle\//],
  ['cli/usb-connection.ts', "import { open } from '../core/device/usb-backend.ts';", /only types of core\/device\//],
  ['main/main.ts', "import { step } from '../core/update/engine.ts';", /nothing of core\/update\//],
  ['main/main.ts', "import { VirtualUnit } from '../simulator/unit.ts';", /nothing of simulator\//],
  ['preload/preload.ts', "import { openStation } from '../core/station.ts';", /nothing of core\/station\.ts/],
  ['renderer/app.ts', "import { sha256 } from '../core/digest.ts';", /nothing of core\/digest\.ts/],
  ['renderer/app.ts', "import { ipcRenderer } from 'electron';", /may not use the package electron/],
  ['renderer/app.ts', "import { readFile } from 'node:fs';", /runs without Node/],
  ['scripts/check.ts', "import { sha256 } from '../core/digest.ts';", /nothing of core\/digest\.ts/],
  ['core/trust/cms.ts', "import { clock } from '../../test/helpers/test-clock.ts';", /nothing of test\/helpers/],
  ['core/trust/cms.ts', "import { median } from '../../bench/import/table.ts';", /nothing of bench\/import/],
  ['newroom/a.ts', "import { sha256 } from '../core/digest.ts';", /newroom\/a\.ts is in no room/],
  // The same in every form in which code can be loaded.
  ['contract/a.ts', "export { sha256 } from '../core/digest.ts';", /nothing of core/],
  ['contract/a.ts', "export * from '../core/digest.ts';", /nothing of core/],
  ['contract/a.ts', "await import('../core/digest.ts');", /nothing of core/],
  ['contract/a.ts', "type A = import('../core/digest.ts').Sha256Hex;", /nothing of core/],
  ['contract/a.ts', "require('../core/digest.ts');", /nothing of core/],
  ['contract/a.ts', "require.resolve('../core/digest.ts');", /nothing of core/],
  ['contract/a.ts', "import.meta.resolve('../core/digest.ts');", /nothing of core/],
  ['contract/a.ts', "new URL('../core/digest.ts', import.meta.url);", /nothing of core/],
  ['contract/a.ts', "import '/core/digest.ts';", /no path from the root of the disk/],
  ['core/trust/cms.ts', 'await import(process.argv[2]);', /known only at run time/],
  ['core/trust/cms.ts', 'await import(`${name}.ts`);', /known only at run time/],
];

new RuleTester({
  languageOptions: { parser: tseslint.parser, sourceType: 'module' },
}).run('drydock/layering', layering, {
  valid: allowed.map(([file, code]) => ({ name: `${file} may: ${code}`, filename: join(projectRoot, file), code })),
  invalid: refused.map(([file, code, message]) => ({
    name: `${file} may not: ${code}`,
    filename: join(projectRoot, file),
    code,
    errors: [{ message }],
  })),
});

for (const room of ['contract', 'core', 'simulator', 'cli', 'lint', 'scripts']) {
  test(`layering is switched on for ${room}/ of the real tree`, async () => {
    // A file that exists, so that the type-aware parser knows it; the text is another one.
    const [file] = globSync(`${room}/**/*.ts`, { cwd: projectRoot });
    assert.ok(file !== undefined, `${room}/ holds no file`);
    const eslint = new ESLint({ cwd: projectRoot });
    const [result] = await eslint.lintText("import { app } from 'electron';\napp.quit();\n", {
      filePath: join(projectRoot, file),
    });
    const found = result?.messages.filter(({ ruleId }) => ruleId === 'drydock/layering') ?? [];
    assert.equal(found.length, 1, JSON.stringify(result?.messages));
    assert.equal(found[0]?.severity, 2);
  });
}

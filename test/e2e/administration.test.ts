import assert from 'node:assert/strict';
import { createHash, X509Certificate } from 'node:crypto';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { before, test } from 'node:test';
import { authenticatorForm, oneTimePassword, timeStepAt } from '../../core/operator/factor/one-time-password.ts';
import { systemClock } from '../../core/system-clock.ts';
import { demoProduct, demoRootPem } from '../../demo/materials.ts';
import { takeLooks, takeLooksAsItStands } from './support/looks.ts';
import { ok, openTraining, prepareTraining, typeLogIn } from './support/training-window.ts';

const pki = fileURLToPath(new URL('../../resources/demo/', import.meta.url));
before(() => prepareTraining());

function bytesOfBase32(text: string): Uint8Array {
  const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = Array.from(text.replaceAll(/[\s=]/g, ''), (digit) => digits.indexOf(digit).toString(2).padStart(5, '0'));
  return Uint8Array.from(bits.join('').match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2));
}

test('REQ-OTA-OPR-01 the window asks for a code where the station does: at log-in, and when it is unlocked', async (t) => {
  const program = await openTraining(t);
  const { page, password } = program;
  const code = page.getByLabel('Code from your authenticator app');
  await typeLogIn(program, 'tom');
  await page.getByRole('heading', { level: 1, name: 'Bench' }).waitFor();
  const { secretBase32 } = await ok(page, 'operator.enrol-factor', { password });
  const codeOf = (later: number): string =>
    oneTimePassword(
      bytesOfBase32(secretBase32),
      timeStepAt(systemClock.now(), authenticatorForm) + later,
      authenticatorForm,
    );
  const { recoveryCodes } = await ok(page, 'operator.confirm-factor', { code: codeOf(0) });
  await page.keyboard.press('F9');

  await typeLogIn(program, 'tom');
  await code.waitFor();
  await page.keyboard.type(recoveryCodes[0] ?? '');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Bench' }).waitFor();
  await page.keyboard.press('Control+l');
  await page.getByRole('heading', { level: 1, name: 'Locked' }).waitFor();
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');
  await code.waitFor();
  // The code of the present step was used for the enrolment.
  await page.keyboard.type(codeOf(1));
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Bench' }).waitFor();
});

test('REQ-OTA-UI-01 an administrator takes a root away and pins it again by the fingerprint of its owner', async (t) => {
  const program = await openTraining(t);
  const { page } = program;
  await typeLogIn(program, 'ada');
  await page.getByRole('heading', { level: 1, name: 'Bench' }).waitFor();
  await page.keyboard.press('Control+9');
  await page.getByRole('heading', { level: 3, name: 'Demonstration vendor' }).waitFor();
  await takeLooksAsItStands(page, 'trust');
  await page.getByRole('button', { name: 'Remove Demonstration vendor' }).press('Enter');
  const confirm = page.getByRole('button', { name: 'Remove root' });
  await page.keyboard.type('Demonstration');
  assert.ok(await confirm.isDisabled());
  await page.keyboard.type(' vendor');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 3, name: 'Demonstration vendor' }).waitFor({ state: 'detached' });
  assert.deepEqual((await ok(page, 'trust.show', {})).pinnedAnchors, []);

  await page.keyboard.press('Control+Enter');
  program.answer('open', [join(pki, 'vendor-signer.crt')]);
  await page.keyboard.press('Control+o');
  // A signer's certificate is no root, and says so before anything is typed.
  await page.getByText('trust.anchor-not-root').waitFor();
  assert.equal(await page.getByRole('button', { name: 'Pin it' }).count(), 0);
  program.answer('open', [join(pki, 'vendor-root.crt')]);
  await page.keyboard.press('Control+o');
  const typed = page.getByLabel('Fingerprint from the vendor');
  const { raw } = new X509Certificate(demoRootPem);
  const fingerprint = createHash('sha256').update(raw).digest('hex');
  const swapped = `${fingerprint.slice(0, 9)}${fingerprint[9] === '0' ? '1' : '0'}${fingerprint.slice(10)}`;
  await typed.fill(swapped);
  await page.getByText('Digit 10 differs from the file').waitFor();
  await page.getByLabel('Name on this station').fill('Demonstration root');
  await page.getByLabel('Products').fill(`${demoProduct.id}, another.product`);
  assert.ok(await page.getByRole('button', { name: 'Pin it' }).isDisabled());
  await page.keyboard.press('Escape');
  await page.getByRole('heading', { name: 'Pin a root or key' }).waitFor({ state: 'detached' });
  await page.keyboard.press('Control+Enter');
  // Esc has lost nothing.
  assert.equal(await page.getByLabel('Name on this station').inputValue(), 'Demonstration root');
  await takeLooksAsItStands(page, 'trust-pin');
  await typed.fill(`SHA256 Fingerprint=${(fingerprint.toUpperCase().match(/../g) ?? []).join(':')}`);
  await page.getByText('All 64 digits are those of the file.').waitFor();
  await page.keyboard.press('Control+Enter');
  await page.getByRole('heading', { level: 3, name: 'Demonstration root' }).waitFor();
  const [anchor] = (await ok(page, 'trust.show', {})).pinnedAnchors;
  assert.equal(anchor?.fingerprintSha256, fingerprint);
  assert.deepEqual(anchor.products, [demoProduct.id, 'another.product']);
});

test('REQ-OTA-OPR-02 who is no administrator sees what is trusted, and nothing that changes it', async (t) => {
  const program = await openTraining(t);
  const { page } = program;
  await typeLogIn(program, 'tom');
  await page.getByRole('heading', { level: 1, name: 'Bench' }).waitFor();
  await page.keyboard.press('Control+9');
  await page.getByText('Only an administrator changes what the station trusts.').waitFor();
  await page.getByRole('heading', { level: 3, name: 'Demonstration vendor' }).waitFor();
  assert.equal(await page.getByRole('button', { name: /^Remove|^Pin|^Import/ }).count(), 0);
});

test('REQ-OTA-UI-01 About shows the key that papers are verified with, what is shipped, and the health of the station', async (t) => {
  const program = await openTraining(t);
  const { page } = program;
  await typeLogIn(program, 'tom');
  await page.getByRole('heading', { level: 1, name: 'Bench' }).waitFor();
  await page.keyboard.press('Control+0');
  await page.getByRole('heading', { level: 3, name: 'Database' }).waitFor();
  const { checks } = await ok(page, 'station.health', {});
  const text = (await page.locator('main').innerText()).replaceAll(/\s/g, '');
  for (const { sentence } of checks.filter(({ name }) => name === 'database'))
    assert.ok(text.includes(sentence.replaceAll(/\s/g, '')), sentence);
  const { station } = await ok(page, 'window.begin', {});
  assert.ok(station?.keySha256);
  assert.ok(text.includes(station.keySha256));
  const { versions } = await ok(page, 'window.about', {});
  for (const { name, version } of versions) assert.ok(text.includes(`${name}${version}`.replaceAll(/\s/g, '')), name);
  await takeLooks(page, 'about');

  // What others made is found by any words of its name, licence or text, and is read where it stands.
  const found = page.getByText(/^\d+ packages?$/);
  const find = page.getByLabel('Search package, licence or licence text');
  const all = Number.parseInt(await found.innerText(), 10);
  await find.fill('SVELTE mit');
  await page.locator('summary', { hasText: 'svelte' }).first().waitFor();
  assert.ok(Number.parseInt(await found.innerText(), 10) < all);
  await page.locator('summary', { hasText: 'svelte' }).first().focus();
  await page.keyboard.press('Enter');
  await page.getByText('Permission is hereby granted, free of charge').first().waitFor();
  await takeLooks(page, 'about-licence');
  await find.fill('no licence says this');
  await page.getByText('0 packages').waitFor();

  // A check that fails says so with its code.
  await page.keyboard.press('F9');
  await page.getByRole('heading', { level: 1, name: 'Log in' }).waitFor();
  await program.moveClock({ wallMs: 72 * 3_600_000 });
  await typeLogIn(program, 'tom');
  await page.getByRole('heading', { level: 1, name: 'Bench' }).waitFor();
  await page.keyboard.press('Control+0');
  const clock = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'Clock' }) });
  await clock.getByText('trust.clock-jumped').waitFor();
  assert.match(await clock.innerText(), /Failed\s+Can the clock be trusted\?/);
  await takeLooks(page, 'about-not-sound');
});

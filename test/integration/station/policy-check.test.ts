import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { password, VirtualDepot } from '../../helpers/virtual-depot.ts';

test('REQ-OTA-POL-01 a policy is shown with what it changes before it is installed, from a file and from a form, and what was shown is installed', async (t) => {
  const depot = await VirtualDepot.set(t);
  const inForce = await depot.call('auditor', 'policy.show', { product: '*' });
  const document = { ...inForce.document, signatures: { threshold: 2 } };
  const text = JSON.stringify(document);
  const path = join(depot.folder, 'draft.json');
  writeFileSync(path, text);

  const checked = await depot.call('auditor', 'policy.check', { path });
  assert.deepEqual(await depot.call('auditor', 'policy.check-draft', { text }), checked);
  assert.deepEqual(
    [checked.inForce?.digest, checked.voidsApprovals, checked.differences],
    [inForce.digest, true, [{ path: 'signatures.threshold', before: '1', after: '2', effect: 'stricter' }]],
  );
  assert.equal((await depot.call('auditor', 'policy.show', { product: '*' })).digest, inForce.digest);

  const draft = { text, digest: checked.digest, reason: 'The vendor signs twice', password };
  assert.equal((await depot.refusal('auditor', 'policy.install-draft', draft)).code, 'station.permission-denied');
  const other = await depot.refusal('administrator', 'policy.install-draft', { ...draft, digest: inForce.digest });
  assert.equal(other.code, 'policy.draft-changed');
  const broken = await depot.refusal('administrator', 'policy.check-draft', { text: '{"format":"drydock-policy/1"}' });
  assert.equal(broken.code, 'policy.document-invalid');

  const mistyped = { ...draft, password: 'not my password at all' };
  assert.equal(
    (await depot.refusal('administrator', 'policy.install-draft', mistyped)).code,
    'operator.password-wrong',
  );
  // A wrong password makes the next attempt wait.
  depot.clock.advance(60_000);
  const byFile = { path, reason: draft.reason, password: mistyped.password };
  assert.equal((await depot.refusal('administrator', 'policy.install', byFile)).code, 'operator.password-wrong');
  assert.equal((await depot.call('auditor', 'policy.show', { product: '*' })).digest, inForce.digest);

  depot.clock.advance(60_000);
  const installed = await depot.call('administrator', 'policy.install-draft', draft);
  assert.equal(installed.digest, checked.digest);
  const list = await depot.call('auditor', 'policy.list', { limit: 10 });
  assert.deepEqual(
    list.map(({ digest, inForce: now, installedByName }) => [digest, now, installedByName]),
    [
      [checked.digest, true, 'Ada Administrator'],
      [inForce.digest, false, null],
    ],
  );
  const again = await depot.call('auditor', 'policy.check-draft', { text });
  assert.deepEqual([again.differences, again.voidsApprovals], [[], false]);

  // The earlier version is read and put back the same way.
  const earlier = await depot.call('auditor', 'policy.version', { digest: inForce.digest });
  assert.deepEqual(earlier.document, inForce.document);
  const unknown = { digest: '0'.repeat(64) };
  assert.equal((await depot.refusal('auditor', 'policy.version', unknown)).code, 'policy.not-installed');
  const back = JSON.stringify(earlier.document);
  const undone = await depot.call('auditor', 'policy.check-draft', { text: back });
  assert.equal(undone.digest, inForce.digest);
  assert.deepEqual(
    undone.differences.map(({ effect }) => effect),
    ['weaker'],
  );
  depot.clock.advance(1000);
  const proof = { digest: undone.digest, reason: 'The vendor signs once again', password };
  await depot.call('administrator', 'policy.install-draft', { text: back, ...proof });
  assert.equal((await depot.call('auditor', 'policy.show', { product: '*' })).digest, inForce.digest);
});

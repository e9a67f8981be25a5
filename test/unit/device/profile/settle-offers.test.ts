import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { refuse } from '../../../../contract/result.ts';
import { parseProfile } from '../../../../core/device/profile/parse-profile.ts';
import type { ProfileOffer } from '../../../../core/device/profile/profile-offer.ts';
import { ProfileRegistry } from '../../../../core/device/profile/profile-registry.ts';
import type { DeviceProfile } from '../../../../core/device/profile/profile.ts';
import { settleOffers } from '../../../../core/device/profile/settle-offers.ts';
import { broughtProfile } from '../../../helpers/brought-profile.ts';
import { sha256Of } from '../../../helpers/test-bundle.ts';

interface Wish {
  readonly id?: string;
  readonly product?: string;
  /** The second half of the USB ids: `7a` is 1209:7a01 and 1209:7a02. */
  readonly usb?: string;
  readonly name?: string;
  readonly day?: number;
  readonly refused?: boolean;
}

function documentOf({ id = 'kind', product = 'acme.pump', usb = '7a', name = 'Kind' }: Wish): Buffer {
  const ids = { runtime: `${usb}01`, dfu: `${usb}02` };
  const match = (productId: string) => ({ vendorId: '1209', productId, interface: 0 });
  const modes = { runtime: match(ids.runtime), dfu: match(ids.dfu) };
  return Buffer.from(JSON.stringify(broughtProfile({ id, product, name, usb: modes })));
}

function read(bytes: Buffer): DeviceProfile {
  const profile = parseProfile(bytes, 'test.json');
  assert.ok(profile.ok, profile.ok ? '' : profile.reason);
  return profile.value;
}

let bundles = 0;

function offer(wish: Wish = {}): ProfileOffer {
  const bytes = documentOf(wish);
  const { day = 1, refused = false, product = 'acme.pump' } = wish;
  const issued = `2026-11-${String(day).padStart(2, '0')}T00:00:00Z`;
  bundles += 1;
  return {
    profile: read(bytes),
    product,
    source: {
      kind: 'bundle',
      file: 'profiles/kind.json',
      sha256: sha256Of(bytes),
      bundle: { digest: sha256Of(Buffer.from(`bundle ${bundles}`)), release: `1.${bundles}`, issued },
    },
    refusal: refused ? refuse('policy.approvals-missing', '0 of 1 approvals count.') : null,
    validUntil: refused ? null : '2026-12-01T00:00:00.000Z',
  };
}

function registryOf(...wishes: Wish[]): ProfileRegistry {
  const registry = ProfileRegistry.create(wishes.map((wish) => read(documentOf(wish))));
  assert.ok(registry.ok, registry.ok ? '' : registry.reason);
  return registry.value;
}

const base = registryOf({ id: 'own', usb: '00' });
const codes = (offers: readonly ProfileOffer[], known = base) =>
  settleOffers(known, offers).map(({ refusal }) => refusal?.code ?? 'counts');

test('REQ-OTA-USB-01 a bundle’s profile takes neither the id nor a USB id of the station’s profiles', () => {
  assert.deepEqual(codes([offer()]), ['counts']);
  assert.deepEqual(codes([offer({ id: 'own' })]), ['device.profile-overlap']);
  assert.deepEqual(codes([offer({ usb: '00' })]), ['device.profile-overlap']);
});

test('REQ-OTA-USB-01 the later issue of one profile counts; one that is not approved takes no place', () => {
  const older = offer({ day: 1 });
  const newer = offer({ day: 2, name: 'Corrected' });
  assert.deepEqual(codes([older, newer]), ['device.profile-superseded', 'counts']);
  assert.deepEqual(codes([newer, older]), ['counts', 'device.profile-superseded']);
  const unapproved = offer({ day: 3, name: 'Wrong', refused: true });
  assert.deepEqual(codes([older, unapproved]), ['counts', 'policy.approvals-missing']);
  assert.deepEqual(codes([older, offer({ day: 1, name: 'Tie' })]), [
    'device.profile-ambiguous',
    'device.profile-ambiguous',
  ]);
});

test('REQ-OTA-USB-01 a profile that a later bundle brings again, byte for byte, is not replaced by one between them', () => {
  const offers = [offer({ day: 1 }), offer({ day: 2, name: 'Between' }), offer({ day: 3 })];
  assert.deepEqual(codes(offers), ['counts', 'device.profile-superseded', 'counts']);
});

test('REQ-OTA-USB-01 two profiles for one unit: neither counts, whichever was issued later', () => {
  const both = ['device.profile-ambiguous', 'device.profile-ambiguous'];
  assert.deepEqual(codes([offer({ id: 'a' }), offer({ id: 'b', day: 9 })]), both);
  assert.deepEqual(codes([offer({ product: 'acme.pump' }), offer({ product: 'evil.pump', day: 9 })]), both);
  const sameId = [offer({ product: 'acme.pump' }), offer({ product: 'evil.pump', usb: '7b', day: 9 })];
  assert.deepEqual(codes(sameId), both);
});

test('REQ-OTA-USB-01 why a unit has no profile is told: contested first, then the newest that does not count', () => {
  const contested = base.withOffers(settleOffers(base, [offer({ id: 'a' }), offer({ id: 'b' })]));
  assert.equal(contested.claim(0x1209, 0x7a01), null);
  assert.equal(contested.explain(0x1209, 0x7a01)?.code, 'device.profile-ambiguous');
  assert.equal(contested.explain(0x1209, 0x7b01), null);
  const waiting = base.withOffers(settleOffers(base, [offer({ refused: true })]));
  const why = waiting.explain(0x1209, 0x7a02);
  assert.equal(why?.code, 'device.profile-not-in-force');
  assert.match(why.reason, /kind .*does not count: 0 of 1 approvals count/);
  assert.equal(waiting.explain(0x1209, 0x0001), null, 'a unit that is known needs no explanation');
  const lost = { ...offer(), profile: null, refusal: refuse('bundle.stored-damaged', 'The content is damaged.') };
  const unreadable = base.withOffers(settleOffers(base, [lost]));
  assert.match(unreadable.explain(0x1209, 0x7a01)?.reason ?? '', /cannot be read: The content is damaged/);
});

test('offers that were not settled are no registry', () => {
  assert.throws(() => base.withOffers([offer({ usb: '00' })]), /not settled/);
});

test('REQ-OTA-USB-01 whatever bundles bring: what counts claims nothing twice, takes nothing from the station, and does not depend on the order', () => {
  const wish = fc.record({
    id: fc.constantFrom('own', 'a', 'b'),
    product: fc.constantFrom('acme.pump', 'acme.scale'),
    usb: fc.constantFrom('00', '7a', '7b'),
    name: fc.constantFrom('One', 'Two'),
    day: fc.integer({ min: 1, max: 3 }),
    refused: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(wish, { maxLength: 8 }), (wishes) => {
      const offers = wishes.map(offer);
      const settled = settleOffers(base, offers);
      const registry = base.withOffers(settled);
      assert.equal(registry.find('own')?.usb.dfu.productId, 0x0002);
      assert.deepEqual(
        registry.candidates(0x1209, 0x0001).map(({ source }) => source.kind),
        ['shipped'],
      );
      for (const [index, { refusal }] of settled.entries()) {
        if (offers[index]?.refusal != null) assert.notEqual(refusal, null, 'what does not count is not made to');
      }
      const turned = settleOffers(base, offers.toReversed()).toReversed();
      assert.deepEqual(
        settled.map(({ refusal }) => refusal?.code),
        turned.map(({ refusal }) => refusal?.code),
      );
    }),
    { seed: 23, numRuns: 2000 },
  );
});

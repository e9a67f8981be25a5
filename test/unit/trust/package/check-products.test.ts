import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkProducts } from '../../../../core/trust/package/check-products.ts';
import { readPackage } from './fixtures.ts';

const v1 = readPackage('v1');
const pin = (products: string[]) => {
  const [anchor] = v1.anchors;
  assert.ok(anchor);
  return { ...anchor, products, addedAt: new Date(0), addedBy: 'op-1' };
};
const grown = (...products: string[]) => ({ ...v1, version: 2, products });
const other = { ...v1, family: 'other', products: ['other.monitor'] };

test('REQ-OTA-SIG-05 a package takes no product over from another family, first or not', () => {
  assert.equal(checkProducts(grown('acme.pump', 'acme.pump2'), v1, [v1, other], []), undefined);
  for (const products of [['acme.pump', 'other.monitor'], ['*']]) {
    assert.equal(checkProducts(grown(...products), v1, [v1, other], [])?.code, 'trust.package-products');
    assert.equal(checkProducts(grown(...products), null, [other], [])?.code, 'trust.package-products');
  }
});

test('REQ-OTA-SIG-05 a later package takes no product over that an anchor was pinned for; the first one may', () => {
  const next = grown('acme.pump', 'acme.monitor');
  assert.equal(checkProducts(next, v1, [v1], [pin(['acme.monitor'])])?.code, 'trust.package-products');
  assert.equal(checkProducts(next, v1, [v1], [pin(['*'])])?.code, 'trust.package-products');
  assert.equal(checkProducts(grown('*'), v1, [v1], [pin(['any.thing'])])?.code, 'trust.package-products');
  assert.equal(checkProducts(next, v1, [v1], [pin(['acme.pump'])]), undefined);
  assert.equal(checkProducts(next, null, [], [pin(['acme.monitor'])]), undefined);
});

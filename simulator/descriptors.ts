import { DFU_INTERFACE } from '../core/device/dfu/constants.ts';
import { encodeDescriptors, type DescriptorSet } from './descriptor-set.ts';
import type { UnitOptions } from './unit-options.ts';

/** What the reference unit shows on the bus in one of its modes. */
export function describeUnit(options: UnitOptions, serial: string, mode: 'application' | 'dfu'): DescriptorSet {
  const names = mode === 'application' ? ['DFU run-time'] : ['image-0', 'image-1'];
  const protocol = mode === 'application' ? DFU_INTERFACE.runtimeProtocol : DFU_INTERFACE.dfuProtocol;
  const { class: interfaceClass, subclass } = DFU_INTERFACE;
  return encodeDescriptors({
    vendorId: options.vendorId,
    productId: mode === 'application' ? options.applicationProductId : options.dfuProductId,
    manufacturer: 'Drydock',
    product: 'Drydock virtual unit',
    serial,
    interfaces: names.map((name, alternate) => ({
      interfaceNumber: 0,
      alternate,
      class: interfaceClass,
      subclass,
      protocol,
      name,
    })),
    functional: options,
  });
}

import { DFU_INTERFACE } from '../../core/device/dfu/constants.ts';
import { encodeDescriptors, type DescriptorSet } from '../descriptor-set.ts';
import { attributesOf, generationTraits } from './generation.ts';
import type { ZephyrOptions } from './options.ts';

/** iInterface of the alternate settings in DFU mode, by number. */
export function alternateNames(options: Pick<ZephyrOptions, 'generation' | 'slot0Alternate'>): readonly string[] {
  if (options.generation === '2.5') return ['image-0', 'image-1'];
  if (options.generation === 'legacy') return ['image_0', 'image_1'];
  return options.slot0Alternate ? ['ramdisk0', 'slot0_image', 'slot1_image'] : ['ramdisk0', 'slot1_image'];
}

/** What a Zephyr unit shows on the bus: its application, or DFU mode under another product ID. */
export function describeZephyr(options: ZephyrOptions, serial: string, shows: 'run-time' | 'dfu'): DescriptorSet {
  const { manufacturer, product, detachTimeoutMs } = generationTraits[options.generation];
  const common = { interfaceNumber: 0, class: DFU_INTERFACE.class, subclass: DFU_INTERFACE.subclass };
  const inDfuMode = shows === 'dfu';
  const hidesSerial = inDfuMode && !options.serialInDfuMode;
  return encodeDescriptors({
    vendorId: options.vendorId,
    productId: inDfuMode ? options.dfuProductId : options.applicationProductId,
    manufacturer,
    product,
    ...(hidesSerial ? {} : { serial }),
    interfaces: inDfuMode
      ? alternateNames(options).map((name, alternate) => ({
          ...common,
          alternate,
          protocol: DFU_INTERFACE.dfuProtocol,
          name,
        }))
      : [{ ...common, alternate: 0, protocol: DFU_INTERFACE.runtimeProtocol }],
    functional: { attributes: attributesOf(options), detachTimeoutMs, transferBytes: options.transferBytes },
  });
}

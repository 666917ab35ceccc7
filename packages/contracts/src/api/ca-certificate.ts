import { z } from 'zod';

/** CA certificates as PEM, one or more; what stands around them is left alone. */
export const caCertificateSchema = z
  .string()
  .max(65_536)
  .regex(
    /-----BEGIN (TRUSTED )?CERTIFICATE-----[^-]+-----END (TRUSTED )?CERTIFICATE-----/,
    'PEM text: -----BEGIN CERTIFICATE----- … -----END CERTIFICATE-----',
  );

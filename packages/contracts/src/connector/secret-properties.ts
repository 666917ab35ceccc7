/** Properties whose values are secrets: Debezium's `custom.sanitize.pattern` and the PEM keys of Kafka clients. */
const SECRET =
  /(secret|password|passphrase|token|sasl\.jaas\.config|basic\.auth\.user\.info|client-secret|ssl\.keystore\.key)$/i;

export const HIDDEN_VALUE = '********';

export function isSecretProperty(property: string): boolean {
  return SECRET.test(property);
}

/** The configuration for those who may not read secrets. */
export function maskSecrets(config: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(config).map(([property, value]) => [
      property,
      isSecretProperty(property) ? HIDDEN_VALUE : value,
    ]),
  );
}

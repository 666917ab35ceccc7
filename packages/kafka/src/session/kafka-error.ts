import { SealaneError } from '@sealane/errors/sealane-error';

interface Advice {
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
  readonly retriable: boolean;
}

const CONNECTION_ADVICE: readonly (Advice & { readonly pattern: RegExp })[] = [
  {
    pattern: /SASL|authentication|credentials|ILLEGAL_SASL_STATE/i,
    code: 'KAFKA_AUTHENTICATION_FAILED',
    message: 'Kafka does not accept the user or password.',
    remedy:
      'Check user, password and mechanism (PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512) against the listener of the broker.',
    retriable: false,
  },
  {
    pattern: /certificate|SSL|TLS|EPROTO|wrong version number|CERT_|self.signed|altname|DEPTH_ZERO/i,
    code: 'KAFKA_TLS_FAILED',
    message: 'No TLS connection to Kafka could be made.',
    remedy:
      "Check that the port is a TLS listener, that the CA certificate signed the broker's, and that the host name is in it.",
    retriable: false,
  },
  {
    pattern: /ENOTFOUND|EAI_AGAIN/,
    code: 'KAFKA_HOST_UNKNOWN',
    message: 'The name of the Kafka broker cannot be resolved.',
    remedy: 'Check the spelling of the host and the DNS of the machine that Sealane runs on.',
    retriable: true,
  },
  {
    pattern: /ECONNREFUSED/,
    code: 'KAFKA_UNREACHABLE',
    message: 'Nothing answers at the address of the Kafka broker.',
    remedy:
      'Check host and port, that the broker runs, and that its advertised.listeners can be reached from here.',
    retriable: true,
  },
];

const OTHER_CONNECTION_ADVICE: Advice = {
  code: 'KAFKA_UNREACHABLE',
  message: 'The Kafka broker does not answer.',
  remedy:
    'Check host, port and firewall, and that the listener speaks the chosen protocol (plain text or TLS, SASL or none).',
  retriable: true,
};

/** A connection, sign-in or request to a broker that failed below the protocol. `broker` is `host:port`. */
export function connectionError(thrown: unknown, broker: string): SealaneError {
  if (thrown instanceof SealaneError) return thrown;
  const why = describe(thrown);
  const advice = CONNECTION_ADVICE.find(({ pattern }) => pattern.test(why)) ?? OTHER_CONNECTION_ADVICE;
  return new SealaneError({
    code: advice.code,
    message: advice.message,
    why: `${broker}: ${why}`,
    remedy: advice.remedy,
    retriable: advice.retriable,
    details: { broker },
    cause: thrown,
  });
}

function describe(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  const code: unknown = Reflect.get(thrown, 'code');
  const name = thrown.name === 'Error' ? '' : `${thrown.name}: `;
  const suffix = typeof code === 'string' && !thrown.message.includes(code) ? ` (${code})` : '';
  return `${name.replace(/^KafkaJS/, '')}${thrown.message}${suffix}`;
}

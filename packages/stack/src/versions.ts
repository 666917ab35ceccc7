/**
 * The version of every local service: one truth for the native way, for docker-compose.yml (a test compares them)
 * and for what `status` prints.
 */
export const VERSIONS = {
  postgres: '18',
  postgresPackage: '18.4.0-beta.17',
  redis: '6.2',
  redisPackage: '1.4.4',
  kafka: '4.3.1',
  mariadb: '11.4.5',
  mysql: '9.7',
  registry: '3.3.3',
  debezium: '3.5.0.Final',
  slf4j: '1.7.36',
  mavenDependencyPlugin: '3.8.1',
} as const;

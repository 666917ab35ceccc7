const own = (names) => `^(${names.join('|')})/`;
const pkg = (name) => `^packages/${name}/`;

/** Which of our packages may not be imported from where: the whole of the architecture that a tool can check. */
module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'errors-imports-nothing',
      severity: 'error',
      from: { path: pkg('errors') },
      to: { path: own(['packages/(?!errors/)[^/]+', 'apps', 'bench', 'differential']) },
    },
    {
      name: 'leaves-import-errors-only',
      comment: 'contracts, binlog and kafka know none of our packages but errors',
      severity: 'error',
      from: { path: '^packages/(contracts|binlog|kafka)/', pathNot: '\\.test\\.ts$|/testing/' },
      to: { path: '^(packages/(?!errors/)|apps/|bench/|differential/)', pathNot: ['^packages/$1/'] },
    },
    {
      name: 'stack-imports-errors-only',
      severity: 'error',
      from: { path: pkg('stack') },
      to: { path: '^(packages/(?!errors/|stack/)|apps/|bench/|differential/)' },
    },
    {
      name: 'db-and-jobs-import-contracts',
      severity: 'error',
      from: { path: '^packages/(db|jobs)/', pathNot: '\\.test\\.ts$' },
      to: {
        path: '^(packages/(?!errors/|contracts/)|apps/|bench/|differential/)',
        pathNot: ['^packages/$1/'],
      },
    },
    {
      name: 'engine-imports-binlog-kafka-contracts',
      severity: 'error',
      from: { path: pkg('engine'), pathNot: '\\.test\\.ts$|/testing/' },
      to: { path: '^(packages/(?!errors/|contracts/|binlog/|kafka/|engine/)|apps/|bench/|differential/)' },
    },
    {
      name: 'web-imports-no-engine',
      severity: 'error',
      from: { path: '^apps/web/', pathNot: '\\.test\\.tsx?$|/e2e/' },
      to: { path: '^packages/(binlog|stack|engine(?!/src/serialize/))/' },
    },
    {
      name: 'web-without-native-producer',
      severity: 'error',
      from: { path: '^apps/web/', pathNot: '\\.test\\.tsx?$|/e2e/' },
      to: { path: 'rdkafka', reachable: true },
    },
    {
      name: 'packages-import-no-app',
      severity: 'error',
      from: { path: '^packages/' },
      to: { path: '^(apps|bench|differential)/' },
    },
    {
      name: 'engine-stages-are-strangers',
      comment: 'a stage may import change/, not another stage; only the run files and their wiring see all',
      severity: 'error',
      from: { path: '^packages/engine/src/([^/]+)/', pathNot: '\\.test\\.ts$|/testing/' },
      to: {
        path: '^packages/engine/src/[^/]+/',
        pathNot: ['^packages/engine/src/$1/', '^packages/engine/src/change/'],
      },
    },
    {
      name: 'only-db-imports-prisma',
      severity: 'error',
      from: { path: '^(apps|packages|bench|differential)/', pathNot: '^packages/db/' },
      to: { path: 'node_modules/(@prisma|prisma)/' },
    },
    {
      name: 'only-jobs-imports-bullmq',
      severity: 'error',
      from: { path: '^(apps|packages|bench|differential)/', pathNot: '^packages/jobs/' },
      to: { path: 'node_modules/bullmq/' },
    },
    {
      name: 'only-binlog-imports-zongji',
      severity: 'error',
      from: { path: '^(apps|packages|bench|differential)/', pathNot: '^packages/binlog/' },
      to: { path: 'node_modules/@vlasky/zongji/' },
    },
    {
      name: 'only-kafka-imports-clients',
      severity: 'error',
      from: {
        path: '^(apps|packages|bench|differential)/',
        pathNot: [
          '^packages/(kafka|stack)/',
          '^(bench|differential)/',
          '^scripts/',
          '\\.test\\.ts$',
          '/e2e/',
        ],
      },
      to: { path: 'node_modules/(kafkajs|node-rdkafka)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(\\.next|dist|generated|node_modules/\\.cache)/' },
    tsPreCompilationDeps: true,
    parser: 'tsc',
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'],
    },
  },
};

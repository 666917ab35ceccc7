/** The DDL of a server as of one moment. */
export interface SchemaDump {
  /** `character_set_server` and `collation_server`. */
  readonly charset: string;
  readonly collation: string;
  readonly databases: readonly {
    readonly database: string;
    readonly charset: string;
    readonly collation: string;
  }[];
  /** By database and name; `createSql` as SHOW CREATE TABLE gives it. */
  readonly tables: readonly {
    readonly database: string;
    readonly table: string;
    readonly createSql: string;
  }[];
}

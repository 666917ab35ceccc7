-- AlterTable
ALTER TABLE "pipeline" ADD COLUMN     "connector_config" TEXT,
ADD COLUMN     "topics_reset_at" TIMESTAMPTZ(3);


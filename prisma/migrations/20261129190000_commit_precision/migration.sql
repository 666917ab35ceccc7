-- AlterTable
ALTER TABLE "pipeline_sample" ADD COLUMN     "commit_precision_ms" DOUBLE PRECISION;

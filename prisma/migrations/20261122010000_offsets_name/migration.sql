-- AlterTable
ALTER TABLE "pipeline" ADD COLUMN     "offsets_name" TEXT;

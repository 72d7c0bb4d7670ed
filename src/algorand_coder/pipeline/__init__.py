"""What a stage is, and everything stages share: tables, manifests, resume, engines, progress, config."""

from algorand_coder.pipeline.config import Section
from algorand_coder.pipeline.engine import Engine
from algorand_coder.pipeline.stage import Stage, StageContext
from algorand_coder.pipeline.tables import read_table, write_jsonl, write_table

__all__ = ["Engine", "Section", "Stage", "StageContext", "read_table", "write_jsonl", "write_table"]

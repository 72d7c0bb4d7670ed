"""After supervised fine-tuning: preferences (DPO), a model's own verified answers (RFT), verdicts as reward (GRPO)."""

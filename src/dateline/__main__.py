from dateline.config.cli import main

main()

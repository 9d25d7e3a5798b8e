package com.quiltdata.mcp.s3mock;

import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** S3Mock on the loopback address alone: its second connector ignores `server.address`. */
@Configuration(proxyBeanMethods = false)
public class Loopback {
  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> noOtherAddress() {
    return factory ->
        factory
            .getAdditionalConnectors()
            .forEach(connector -> connector.setProperty("address", "127.0.0.1"));
  }
}
